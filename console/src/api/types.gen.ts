// Written by tools/console_types.py from radiograph.model; edit the Structs, not this file.

/** Another name by which a caller knows the service at the end of an edge. */
export interface Alias {
  Name: string;
  Names: string[];
  Type?: string;
}

/** An annotation's value: exactly one of the three is set. */
export interface AnnotationValue {
  NumberValue?: number;
  BooleanValue?: boolean;
  StringValue?: string;
}

/** An availability zone that took part in a trace. */
export interface AvailabilityZoneDetail {
  Name: string;
}

/** How often a daemon failed to reach X-Ray since its last record, by kind. */
export interface BackendConnectionErrors {
  TimeoutCount?: number;
  ConnectionRefusedCount?: number;
  HTTPCode4XXCount?: number;
  HTTPCode5XXCount?: number;
  UnknownHostCount?: number;
  OtherCount?: number;
}

/** The traces to read in full. */
export interface BatchGetTracesRequest {
  TraceIds: string[];
  NextToken?: string;
}

/** The traces that are known, and the ids that are not. */
export interface BatchGetTracesResult {
  Traces: Trace[];
  UnprocessedTraceIds: string[];
  NextToken?: string;
}

/** A connection; ``reference_id`` is the service called, ``edge_type`` is ``link`` or absent. */
export interface Edge {
  ReferenceId: number;
  StartTime?: number;
  EndTime?: number;
  SummaryStatistics?: EdgeStatistics;
  ResponseTimeHistogram?: HistogramEntry[];
  Aliases: Alias[];
  EdgeType?: string;
  ReceivedEventAgeHistogram?: HistogramEntry[];
}

/** Requests completed along an edge, by class; ``total_response_time`` is seconds. */
export interface EdgeStatistics {
  OkCount: number;
  ErrorStatistics: ErrorStatistics;
  FaultStatistics: FaultStatistics;
  TotalCount: number;
  TotalResponseTime: number;
}

/** The path to an error; ``client_impacting`` when the root segment has an error too. */
export interface ErrorRootCause {
  Services: ErrorRootCauseService[];
  ClientImpacting: boolean;
}

/** A segment or subsegment on the way to an error. */
export interface ErrorRootCauseEntity {
  Name: string;
  Remote: boolean;
  Exceptions: RootCauseException[];
}

/** A service on the way to an error. */
export interface ErrorRootCauseService {
  Name: string;
  Names: string[];
  Type?: string;
  AccountId?: string;
  Inferred: boolean;
  EntityPath: ErrorRootCauseEntity[];
}

/** Requests that failed by the caller's doing (4xx); throttled ones (429) apart. */
export interface ErrorStatistics {
  ThrottleCount: number;
  OtherCount: number;
  TotalCount: number;
}

/** The path to a fault; ``client_impacting`` when the root segment is faulty too. */
export interface FaultRootCause {
  Services: FaultRootCauseService[];
  ClientImpacting: boolean;
}

/** A segment or subsegment on the way to a fault. */
export interface FaultRootCauseEntity {
  Name: string;
  Remote: boolean;
  Exceptions: RootCauseException[];
}

/** A service on the way to a fault. */
export interface FaultRootCauseService {
  Name: string;
  Names: string[];
  Type?: string;
  AccountId?: string;
  Inferred: boolean;
  EntityPath: FaultRootCauseEntity[];
}

/** Requests that failed by the service's doing (5xx). */
export interface FaultStatistics {
  OtherCount: number;
  TotalCount: number;
}

/** The band in which a bucket's faults were expected. */
export interface ForecastStatistics {
  FaultCountHigh?: number;
  FaultCountLow?: number;
}

/** All rules; there is nothing to choose. */
export interface GetSamplingRulesRequest {
  NextToken?: string;
}

/** The rules, ``Default`` among them, in no promised order. */
export interface GetSamplingRulesResult {
  SamplingRuleRecords: SamplingRuleRecord[];
  NextToken?: string;
}

/** One client's reports, at most 25 of each kind. */
export interface GetSamplingTargetsRequest {
  SamplingStatisticsDocuments: SamplingStatisticsDocument[];
  SamplingBoostStatisticsDocuments?: SamplingBoostStatisticsDocument[];
}

/** Targets for the reports that were counted, and when any rule last changed. */
export interface GetSamplingTargetsResult {
  SamplingTargetDocuments: SamplingTargetDocument[];
  LastRuleModification: number;
  UnprocessedStatistics: UnprocessedStatistics[];
  UnprocessedBoostStatistics: UnprocessedStatistics[];
}

/** A window of time, and optionally the group whose traces count. */
export interface GetServiceGraphRequest {
  StartTime: number;
  EndTime: number;
  GroupName?: string;
  GroupARN?: string;
  NextToken?: string;
}

/** The graph of the window that was really used. */
export interface GetServiceGraphResult {
  StartTime: number;
  EndTime: number;
  Services: Service[];
  ContainsOldGroupVersions: boolean;
  NextToken?: string;
}

/** A window of time, what to count in it, and the width of a bucket: ``period`` seconds. */
export interface GetTimeSeriesServiceStatisticsRequest {
  StartTime: number;
  EndTime: number;
  GroupName?: string;
  GroupARN?: string;
  EntitySelectorExpression?: string;
  Period?: number;
  ForecastStatistics?: boolean;
  NextToken?: string;
}

/** A page of buckets, oldest first. */
export interface GetTimeSeriesServiceStatisticsResult {
  TimeSeriesServiceStatistics: TimeSeriesServiceStatistics[];
  ContainsOldGroupVersions: boolean;
  NextToken?: string;
}

/** The traces to draw. */
export interface GetTraceGraphRequest {
  TraceIds: string[];
  NextToken?: string;
}

/** The graph of just the traces asked for. */
export interface GetTraceGraphResult {
  Services: Service[];
  NextToken?: string;
}

/** A window of time, and what the traces in it must satisfy. */
export interface GetTraceSummariesRequest {
  StartTime: number;
  EndTime: number;
  TimeRangeType?: "Event" | "Service" | "TraceId";
  Sampling?: boolean;
  SamplingStrategy?: SamplingStrategy;
  FilterExpression?: string;
  NextToken?: string;
}

/** A page of summaries, newest first; ``approximate_time`` is where the page begins. */
export interface GetTraceSummariesResult {
  TraceSummaries: TraceSummary[];
  ApproximateTime?: number;
  TracesProcessedCount: number;
  NextToken?: string;
}

/** How many requests took ``value`` seconds. */
export interface HistogramEntry {
  Value: number;
  Count: number;
}

/** The request the root segment served. */
export interface Http {
  HttpURL?: string;
  HttpStatus?: number;
  HttpMethod?: string;
  UserAgent?: string;
  ClientIp?: string;
}

/** An EC2 instance that took part in a trace. */
export interface InstanceIdDetail {
  Id: string;
}

/** A daemon's records and where it runs. */
export interface PutTelemetryRecordsRequest {
  TelemetryRecords: TelemetryRecord[];
  EC2InstanceId?: string;
  Hostname?: string;
  ResourceARN?: string;
}

/** Nothing: the records were taken. */
export interface PutTelemetryRecordsResult {
}

/** Segment documents to keep, each a JSON text of its own. */
export interface PutTraceSegmentsRequest {
  TraceSegmentDocuments: string[];
}

/** The documents that were not taken; none when all were. */
export interface PutTraceSegmentsResult {
  UnprocessedTraceSegments: UnprocessedTraceSegment[];
}

/** An AWS resource that took part in a trace. */
export interface ResourceARNDetail {
  ARN: string;
}

/** The path along which a request spent its time. */
export interface ResponseTimeRootCause {
  Services: ResponseTimeRootCauseService[];
  ClientImpacting: boolean;
}

/** A segment or subsegment on the way to the slowest part; ``coverage`` is its share (0 to 1) of the root's time. */
export interface ResponseTimeRootCauseEntity {
  Name: string;
  Remote: boolean;
  Coverage: number;
}

/** A service on the way to the slowest part. */
export interface ResponseTimeRootCauseService {
  Name: string;
  Names: string[];
  Type?: string;
  AccountId?: string;
  Inferred: boolean;
  EntityPath: ResponseTimeRootCauseEntity[];
}

/** An exception recorded on an entity: its type and message. */
export interface RootCauseException {
  Name?: string;
  Message?: string;
}

/** A raised rate, and until when it holds. */
export interface SamplingBoost {
  BoostRate: number;
  BoostRateTTL: number;
}

/** How many requests under one rule were anomalous at one service since its last report. */
export interface SamplingBoostStatisticsDocument {
  RuleName: string;
  ServiceName: string;
  Timestamp: number;
  AnomalyCount: number;
  TotalCount: number;
  SampledAnomalyCount: number;
}

/** How far a rule's rate may rise on anomalies, and the minutes in which it may do so once. */
export interface SamplingRateBoost {
  MaxRate: number;
  CooldownWindowMinutes: number;
}

/** Which requests a rule matches, how many a second it takes (``reservoir_size``), and the rate for the others. */
export interface SamplingRule {
  RuleName: string;
  RuleARN?: string;
  ResourceARN: string;
  Priority: number;
  FixedRate: number;
  ReservoirSize: number;
  ServiceName: string;
  ServiceType: string;
  Host: string;
  HTTPMethod: string;
  URLPath: string;
  Version: number;
  Attributes: Record<string, string>;
  SamplingRateBoost?: SamplingRateBoost;
}

/** A rule, and when it was made and last changed. */
export interface SamplingRuleRecord {
  SamplingRule: SamplingRule;
  CreatedAt: number;
  ModifiedAt: number;
}

/** What one client did with one rule since its last report; ``borrow_count`` may exceed ``sampled_count``. */
export interface SamplingStatisticsDocument {
  RuleName: string;
  ClientID: string;
  Timestamp: number;
  RequestCount: number;
  SampledCount?: number;
  BorrowCount?: number;
  SampleCount?: number;
}

/** How a subset of the summaries is chosen, and how much of them. */
export interface SamplingStrategy {
  Name?: "FixedRate" | "PartialScan";
  Value?: number;
}

/** What a client may take under a rule: ``reservoir_quota`` a second until its TTL; report every ``interval`` s. */
export interface SamplingTargetDocument {
  RuleName: string;
  FixedRate: number;
  ReservoirQuota?: number;
  ReservoirQuotaTTL?: number;
  Interval?: number;
  SamplingBoost?: SamplingBoost;
}

/** A compiled segment: its document is a JSON text. */
export interface Segment {
  Id: string;
  Document: string;
}

/** A node: one that sent segments (``active``), or one only seen through its callers (``unknown``). */
export interface Service {
  ReferenceId: number;
  Name: string;
  Names: string[];
  Root?: boolean;
  AccountId?: string;
  Type?: string;
  State?: string;
  StartTime?: number;
  EndTime?: number;
  Edges: Edge[];
  SummaryStatistics?: ServiceStatistics;
  DurationHistogram?: HistogramEntry[];
  ResponseTimeHistogram?: HistogramEntry[];
}

/** A node of the service graph, by name and type. */
export interface ServiceId {
  Name: string;
  Names: string[];
  AccountId?: string;
  Type?: string;
}

/** Requests a service completed, by class; ``total_response_time`` is seconds. */
export interface ServiceStatistics {
  OkCount: number;
  ErrorStatistics: ErrorStatistics;
  FaultStatistics: FaultStatistics;
  TotalCount: number;
  TotalResponseTime: number;
}

/** What a daemon did with the segments of about one minute. */
export interface TelemetryRecord {
  Timestamp: number;
  SegmentsReceivedCount?: number;
  SegmentsSentCount?: number;
  SegmentsSpilloverCount?: number;
  SegmentsRejectedCount?: number;
  BackendConnectionErrors?: BackendConnectionErrors;
}

/** One bucket; ``timestamp`` is its start, and one of the edge and service statistics is set. */
export interface TimeSeriesServiceStatistics {
  Timestamp: number;
  EdgeSummaryStatistics?: EdgeStatistics;
  ServiceSummaryStatistics?: ServiceStatistics;
  ServiceForecastStatistics?: ForecastStatistics;
  ResponseTimeHistogram: HistogramEntry[];
}

/** A trace in full; ``duration`` is seconds from its earliest start to its latest end. */
export interface Trace {
  Id: string;
  Duration?: number;
  LimitExceeded: boolean;
  Segments: Segment[];
}

/** One trace in one row; ``duration`` and ``response_time`` are seconds. */
export interface TraceSummary {
  Id: string;
  StartTime?: number;
  Duration?: number;
  ResponseTime?: number;
  HasFault: boolean;
  HasError: boolean;
  HasThrottle: boolean;
  IsPartial: boolean;
  Http: Http;
  Annotations: Record<string, ValueWithServiceIds[]>;
  Users: TraceUser[];
  ServiceIds: ServiceId[];
  ResourceARNs: ResourceARNDetail[];
  InstanceIds: InstanceIdDetail[];
  AvailabilityZones: AvailabilityZoneDetail[];
  EntryPoint?: ServiceId;
  FaultRootCauses: FaultRootCause[];
  ErrorRootCauses: ErrorRootCause[];
  ResponseTimeRootCauses: ResponseTimeRootCause[];
  Revision: number;
  MatchedEventTime?: number;
}

/** A user named in a trace, and the nodes that named them. */
export interface TraceUser {
  UserName: string;
  ServiceIds: ServiceId[];
}

/** A report that was not counted, and why. */
export interface UnprocessedStatistics {
  RuleName: string;
  ErrorCode: string;
  Message: string;
}

/** A document that was not taken, and why; ``id`` is ``None`` (``null``) when the document names none. */
export interface UnprocessedTraceSegment {
  Id: string | null;
  ErrorCode: string;
  Message: string;
}

/** One value of an annotation, and the nodes that recorded it. */
export interface ValueWithServiceIds {
  AnnotationValue: AnnotationValue;
  ServiceIds: ServiceId[];
}

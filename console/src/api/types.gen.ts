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

/** A service with more faults than expected. */
export interface AnomalousService {
  ServiceId: ServiceId;
}

/** What has come since the server started: the event ``arrivals``. */
export interface Arrivals {
  Datagrams?: number;
  Accepted?: number;
  Stored?: number;
  Spans?: number;
  Rejected?: RejectedDocuments[];
  NewestTraceId?: string;
}

/** A value that one set has more often than the other. It goes along with the difference: no more is said. */
export interface AttributeDifference {
  Attribute: string;
  Value: string;
  CountA: number;
  CountB: number;
  ShareA: number;
  ShareB: number;
  Divergence: number;
  IsSmall: boolean;
  FilterExpression: string;
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

/** An attribute and its most frequent values. */
export interface BreakdownAttribute {
  Name: string;
  Kind: "Annotation" | "Keyword";
  Distinct: number;
  Count: number;
  Values: BreakdownValue[];
}

/** A window, what the traces in it must satisfy, and which of their attributes are asked for. */
export interface BreakdownRequest {
  StartTime: number;
  EndTime: number;
  FilterExpression?: string;
  Attributes?: string[];
  MostValues?: number;
}

/** The attributes of a window's traces, keywords before annotations; those without a value are left out. */
export interface BreakdownResult {
  TracesProcessedCount: number;
  SampledShare: number;
  Attributes: BreakdownAttribute[];
}

/** One value of an attribute, and the traces that have it: a trace may have several. */
export interface BreakdownValue {
  Value: string;
  Kind: "Boolean" | "Number" | "String";
  Count: number;
  FaultCount: number;
  ErrorCount: number;
  ThrottleCount: number;
  Median: number;
  P95: number;
  FilterExpression: string;
}

/** The retrieval to give up. */
export interface CancelTraceRetrievalRequest {
  RetrievalToken: string;
}

/** Nothing: the retrieval was given up. */
export interface CancelTraceRetrievalResult {
}

/** A window, and where one of the same length begins that it is held against. */
export interface ChangesRequest {
  StartTime: number;
  EndTime: number;
  Against?: number;
  Most?: number;
}

/** Services, the worst first. */
export interface ChangesResult {
  StartTime: number;
  EndTime: number;
  StartTimeBefore: number;
  EndTimeBefore: number;
  Services: ServiceChange[];
}

/** Settings for the log group that a first change to ``CloudWatchLogs`` makes. */
export interface CloudWatchLogsConfiguration {
  SpansLogGroupKmsKeyId?: string;
}

/** Which values were observed: of a keyword, of an annotation, or (of neither) the keys of annotations. */
export interface CompleteRequest {
  StartTime: number;
  EndTime: number;
  Keyword?: string;
  AnnotationKey?: string;
  Prefix?: string;
  Most?: number;
}

/** Values, the most frequent first. */
export interface CompleteResult {
  Values: CompletedValue[];
  SampledShare: number;
}

/** A value, and how many documents have it. */
export interface CompletedValue {
  Value: string;
  Kind: "Boolean" | "Number" | "String";
  Literal: string;
  Count: number;
}

/** A new group; its name is for good. */
export interface CreateGroupRequest {
  GroupName: string;
  FilterExpression?: string;
  InsightsConfiguration?: InsightsConfiguration;
  Tags?: Tag[];
}

/** The group as it was made. */
export interface CreateGroupResult {
  Group: Group;
}

/** A new rule; its name is for good. */
export interface CreateSamplingRuleRequest {
  SamplingRule: SamplingRule;
  Tags?: Tag[];
}

/** The rule as it was made. */
export interface CreateSamplingRuleResult {
  SamplingRuleRecord: SamplingRuleRecord;
}

/** The group to delete, by name or ARN. */
export interface DeleteGroupRequest {
  GroupName?: string;
  GroupARN?: string;
}

/** Nothing: the group is gone. */
export interface DeleteGroupResult {
}

/** The policy to delete; with a revision, only that one. */
export interface DeleteResourcePolicyRequest {
  PolicyName: string;
  PolicyRevisionId?: string;
}

/** Nothing: the policy is gone. */
export interface DeleteResourcePolicyResult {
}

/** The rule to delete, by name or ARN. */
export interface DeleteSamplingRuleRequest {
  RuleName?: string;
  RuleARN?: string;
}

/** The rule as it last was. */
export interface DeleteSamplingRuleResult {
  SamplingRuleRecord: SamplingRuleRecord;
}

/** What the demo is to do; starting it again changes its scenario. */
export interface DemoRequest {
  Action: "Start" | "Stop";
  Scenario?: string;
  HistorySeconds?: number;
}

/** The demo as it is now. */
export interface DemoStatus {
  IsRunning: boolean;
  Scenario?: string;
  StartedAt?: number;
  Traces: number;
  Failure?: string;
  Scenarios: string[];
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

/** How an account's data is encrypted; ``UPDATING`` for a moment after a change. */
export interface EncryptionConfig {
  KeyId?: string;
  Status: "ACTIVE" | "UPDATING";
  Type: "KMS" | "NONE";
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

/** A window, what the traces in it must satisfy, and whose exceptions are asked for. */
export interface ExceptionsRequest {
  StartTime: number;
  EndTime: number;
  ServiceName?: string;
  FilterExpression?: string;
  Columns?: number;
  Most?: number;
}

/** Groups, the most frequent first. */
export interface ExceptionsResult {
  Groups: ThrownExceptions[];
  Columns: number[];
  ColumnSeconds: number;
  TracesProcessedCount: number;
  SampledShare: number;
}

/** A window, what every trace of either set must satisfy, and the sets. */
export interface ExplainRequest {
  StartTime: number;
  EndTime: number;
  SetA: TraceSet;
  FilterExpression?: string;
  SetB?: TraceSet;
  Most?: number;
}

/** Both sets, their differences (the strongest first), and where their traces spend their time. */
export interface ExplainResult {
  SetA: TraceSetStatistics;
  SetB: TraceSetStatistics;
  SampledShare: number;
  Differences: AttributeDifference[];
  Structure: StructureHop[];
  StructureCountA: number;
  StructureCountB: number;
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

/** There is one; nothing is chosen. */
export interface GetEncryptionConfigRequest {
}

/** The configuration as it is now. */
export interface GetEncryptionConfigResult {
  EncryptionConfig: EncryptionConfig;
}

/** The group to tell of, by name or ARN. */
export interface GetGroupRequest {
  GroupName?: string;
  GroupARN?: string;
}

/** The group asked for. */
export interface GetGroupResult {
  Group: Group;
}

/** All groups; there is nothing to choose. */
export interface GetGroupsRequest {
  NextToken?: string;
}

/** The groups, ``Default`` among them. */
export interface GetGroupsResult {
  Groups: GroupSummary[];
  NextToken?: string;
}

/** All rules; there is nothing to choose. */
export interface GetIndexingRulesRequest {
  NextToken?: string;
}

/** The rules; so far there is one, ``Default``. */
export interface GetIndexingRulesResult {
  IndexingRules: IndexingRule[];
  NextToken?: string;
}

/** The insight whose changes are asked for. */
export interface GetInsightEventsRequest {
  InsightId: string;
  MaxResults?: number;
  NextToken?: string;
}

/** An insight's changes, oldest first. */
export interface GetInsightEventsResult {
  InsightEvents: InsightEvent[];
  NextToken?: string;
}

/** An insight and a window of at most six hours. */
export interface GetInsightImpactGraphRequest {
  InsightId: string;
  StartTime: number;
  EndTime: number;
  NextToken?: string;
}

/** The services an insight reaches, and the times that were really looked at. */
export interface GetInsightImpactGraphResult {
  InsightId: string;
  StartTime: number;
  EndTime: number;
  ServiceGraphStartTime: number;
  ServiceGraphEndTime: number;
  Services: InsightImpactGraphService[];
  NextToken?: string;
}

/** The insight to tell of. */
export interface GetInsightRequest {
  InsightId: string;
}

/** The insight asked for. */
export interface GetInsightResult {
  Insight: Insight;
}

/** A group, by name or ARN, and a window of time; optionally the state to find. */
export interface GetInsightSummariesRequest {
  States?: ("ACTIVE" | "CLOSED")[];
  GroupARN?: string;
  GroupName?: string;
  StartTime: number;
  EndTime: number;
  MaxResults?: number;
  NextToken?: string;
}

/** The group's insights; none is an empty list. */
export interface GetInsightSummariesResult {
  InsightSummaries: InsightSummary[];
  NextToken?: string;
}

/** The retrieval whose traces to draw. */
export interface GetRetrievedTracesGraphRequest {
  RetrievalToken: string;
  NextToken?: string;
}

/** How the retrieval stands and, once it is complete, a page of its services. */
export interface GetRetrievedTracesGraphResult {
  RetrievalStatus: "CANCELLED" | "COMPLETE" | "FAILED" | "RUNNING" | "SCHEDULED" | "TIMEOUT";
  Services: RetrievedService[];
  NextToken?: string;
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

/** All rules; there is nothing to choose. */
export interface GetSamplingStatisticSummariesRequest {
  NextToken?: string;
}

/** What was reported lately. */
export interface GetSamplingStatisticSummariesResult {
  SamplingStatisticSummaries: SamplingStatisticSummary[];
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

/** There is one; nothing is chosen. */
export interface GetTraceSegmentDestinationRequest {
}

/** Where segments go. */
export interface GetTraceSegmentDestinationResult {
  Destination: "CloudWatchLogs" | "XRay";
  Status: "ACTIVE" | "PENDING";
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

/** Traces that a trace names as its causes. */
export interface GraphLink {
  ReferenceType: string;
  SourceTraceId: string;
  DestinationTraceIds: string[];
}

/** A name for the traces that an expression matches; without one, for all traces. */
export interface Group {
  GroupName: string;
  GroupARN: string;
  FilterExpression?: string;
  InsightsConfiguration: InsightsConfiguration;
}

/** A group, as lists have it. */
export interface GroupSummary {
  GroupName: string;
  GroupARN: string;
  FilterExpression?: string;
  InsightsConfiguration: InsightsConfiguration;
}

/** Traces that began in one column and took as long as one row; cells without any are left out. */
export interface HeatmapCell {
  Column: number;
  Row: number;
  Count: number;
  ErrorCount: number;
  ThrottleCount: number;
  FaultCount: number;
}

/** A window, what the traces in it must satisfy, and how fine the grid is. */
export interface HeatmapRequest {
  StartTime: number;
  EndTime: number;
  FilterExpression?: string;
  Columns?: number;
  Rows?: number;
}

/** Traces by when they began and how long they took, from the first thing in them to the last. */
export interface HeatmapResult {
  Columns: number[];
  ColumnSeconds: number;
  RowEdges: number[];
  Cells: HeatmapCell[];
  TracesProcessedCount: number;
  SampledShare: number;
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

/** Which traces are indexed when segments go to CloudWatch Logs; ``modified_at`` is absent until a change. */
export interface IndexingRule {
  Name: string;
  ModifiedAt?: number;
  Rule: IndexingRuleValue;
}

/** What a rule says: exactly one member, of which there is one so far. */
export interface IndexingRuleValue {
  Probabilistic?: ProbabilisticRuleValue;
}

/** What a rule is to say: exactly one member. */
export interface IndexingRuleValueUpdate {
  Probabilistic?: ProbabilisticRuleValueUpdate;
}

/** More faults than expected: since when, what they come from, and whom they reach. */
export interface Insight {
  InsightId: string;
  GroupARN: string;
  GroupName: string;
  RootCauseServiceId: ServiceId;
  Categories: "FAULT"[];
  State: "ACTIVE" | "CLOSED";
  StartTime: number;
  EndTime?: number;
  Summary: string;
  ClientRequestImpactStatistics: RequestImpactStatistics;
  RootCauseServiceRequestImpactStatistics: RequestImpactStatistics;
  TopAnomalousServices: AnomalousService[];
}

/** What an insight was like when it changed. */
export interface InsightEvent {
  Summary: string;
  EventTime: number;
  ClientRequestImpactStatistics: RequestImpactStatistics;
  RootCauseServiceRequestImpactStatistics: RequestImpactStatistics;
  TopAnomalousServices: AnomalousService[];
}

/** A call to the service with this number. */
export interface InsightImpactGraphEdge {
  ReferenceId: number;
}

/** A service that an insight reaches, and which others it calls; nothing is counted. */
export interface InsightImpactGraphService {
  ReferenceId: number;
  Type?: string;
  Name: string;
  Names: string[];
  AccountId?: string;
  Edges: InsightImpactGraphEdge[];
}

/** An insight, as lists have it. */
export interface InsightSummary {
  InsightId: string;
  GroupARN: string;
  GroupName: string;
  RootCauseServiceId: ServiceId;
  Categories: "FAULT"[];
  State: "ACTIVE" | "CLOSED";
  StartTime: number;
  EndTime?: number;
  Summary: string;
  ClientRequestImpactStatistics: RequestImpactStatistics;
  RootCauseServiceRequestImpactStatistics: RequestImpactStatistics;
  TopAnomalousServices: AnomalousService[];
  LastUpdateTime: number;
}

/** Whether a group's traces are watched for insights, and whether those are told of. */
export interface InsightsConfiguration {
  InsightsEnabled?: boolean;
  NotificationsEnabled?: boolean;
}

/** An EC2 instance that took part in a trace. */
export interface InstanceIdDetail {
  Id: string;
}

/** All policies; there is nothing to choose. */
export interface ListResourcePoliciesRequest {
  NextToken?: string;
}

/** The policies, by name. */
export interface ListResourcePoliciesResult {
  ResourcePolicies: ResourcePolicy[];
  NextToken?: string;
}

/** A retrieval, and what its traces shall look like. */
export interface ListRetrievedTracesRequest {
  RetrievalToken: string;
  TraceFormat?: "OTEL" | "XRAY";
  NextToken?: string;
}

/** How the retrieval stands and, once it is complete, a page of its traces. */
export interface ListRetrievedTracesResult {
  RetrievalStatus: "CANCELLED" | "COMPLETE" | "FAILED" | "RUNNING" | "SCHEDULED" | "TIMEOUT";
  TraceFormat: "OTEL" | "XRAY";
  Traces: RetrievedTrace[];
  NextToken?: string;
}

/** The resource whose tags are asked for. */
export interface ListTagsForResourceRequest {
  ResourceARN: string;
  NextToken?: string;
}

/** A resource's tags. */
export interface ListTagsForResourceResponse {
  Tags: Tag[];
  NextToken?: string;
}

/** What has come since the cursor before. */
export interface LiveBatch {
  Traces: LiveTrace[];
  Dropped: number;
  Cursor: string;
}

/** What the front asks the store for its tails, a moment at a time: what has come since the last answer. */
export interface LiveRequest {
  FilterExpression?: string;
  Cursor?: string;
  Most?: number;
}

/** The summary of a trace that has just come, or of which more has: the event ``trace``. */
export interface LiveTrace {
  Id: string;
  EntryPoint?: ServiceId;
  StartTime?: number;
  Duration?: number;
  HasFault: boolean;
  HasError: boolean;
  HasThrottle: boolean;
  IsPartial: boolean;
  Http: Http;
}

/** What a service is asked for in one way; durations are seconds. */
export interface OperationStatistics {
  Operation: string;
  Method: string;
  Path: string;
  Count: number;
  FaultCount: number;
  ErrorCount: number;
  ThrottleCount: number;
  Median: number;
  P95: number;
  ShareOfTime: number;
  FilterExpression: string;
}

/** A window and a service. */
export interface OperationsRequest {
  StartTime: number;
  EndTime: number;
  ServiceName: string;
  Type?: string;
  Most?: number;
}

/** Operations, the most frequent first. */
export interface OperationsResult {
  Operations: OperationStatistics[];
  Distinct: number;
  SampledShare: number;
}

/** The percentage of traces that is to be indexed, and the one that is. */
export interface ProbabilisticRuleValue {
  DesiredSamplingPercentage: number;
  ActualSamplingPercentage: number;
}

/** The percentage of traces to index, 0 to 100. */
export interface ProbabilisticRuleValueUpdate {
  DesiredSamplingPercentage: number;
}

/** The configuration wanted; ``key_id`` is an alias, an id or an ARN, and goes with ``KMS`` only. */
export interface PutEncryptionConfigRequest {
  KeyId?: string;
  Type: "KMS" | "NONE";
}

/** The configuration on its way. */
export interface PutEncryptionConfigResult {
  EncryptionConfig: EncryptionConfig;
}

/** A policy to keep; with a revision, only in place of that one (``0``: only if there is none of its name). */
export interface PutResourcePolicyRequest {
  PolicyName: string;
  PolicyDocument: string;
  PolicyRevisionId?: string;
  BypassPolicyLockoutCheck?: boolean;
}

/** The policy as it is kept. */
export interface PutResourcePolicyResult {
  ResourcePolicy: ResourcePolicy;
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

/** Documents, datagrams or requests that were not taken, for one reason. */
export interface RejectedDocuments {
  Source: string;
  Reason: string;
  Message: string;
  Count: number;
}

/** Requests while the insight lasted, by outcome. */
export interface RequestImpactStatistics {
  FaultCount: number;
  OkCount: number;
  TotalCount: number;
}

/** An AWS resource that took part in a trace. */
export interface ResourceARNDetail {
  ARN: string;
}

/** Who else may call X-Ray here; ``policy_revision_id`` is a number that every change raises. */
export interface ResourcePolicy {
  PolicyName: string;
  PolicyDocument: string;
  PolicyRevisionId: string;
  LastUpdatedTime: number;
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

/** A node, and the links of its segments to other traces. */
export interface RetrievedService {
  Service: Service;
  Links: GraphLink[];
}

/** A trace, or the part of one that this page holds; ``duration`` is seconds, and of the whole. */
export interface RetrievedTrace {
  Id: string;
  Duration?: number;
  Spans: Span[];
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
  RuleName?: string;
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
  Attributes?: Record<string, string>;
  SamplingRateBoost?: SamplingRateBoost;
}

/** A rule, and when it was made and last changed. */
export interface SamplingRuleRecord {
  SamplingRule: SamplingRule;
  CreatedAt: number;
  ModifiedAt: number;
}

/** What is to change of the rule of this name or ARN; what is absent stays. */
export interface SamplingRuleUpdate {
  RuleName?: string;
  RuleARN?: string;
  ResourceARN?: string;
  Priority?: number;
  FixedRate?: number;
  ReservoirSize?: number;
  Host?: string;
  ServiceName?: string;
  ServiceType?: string;
  HTTPMethod?: string;
  URLPath?: string;
  Attributes?: Record<string, string>;
  SamplingRateBoost?: SamplingRateBoost;
}

/** What all clients did with a rule in the ten seconds from ``timestamp``. */
export interface SamplingStatisticSummary {
  RuleName: string;
  Timestamp: number;
  RequestCount: number;
  BorrowCount: number;
  SampledCount: number;
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

/** How the server runs, as far as whoever sends to it or reads from it has to know; a limit of 0 is none. */
export interface ServerFacts {
  Version: string;
  AccountId: string;
  Region: string;
  Auth: "local" | "required";
  UdpAddress: string;
  Port: number;
  OtlpGrpcPort: number;
  OtlpHttpPort: number;
  RetentionDays: number;
  JournalRetainHours: number;
  Redact: string;
  MostBodyBytes: number;
  MostOtlpBytes: number;
  MostWindowSeconds: number;
  MostCallsPerSecond: number;
  MostSegmentsPerSecond: number;
  MostAnnotations: number;
  MostTraceBytes: number;
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

/** A service in both windows; shares are of its requests, durations seconds, 0 where it had none. */
export interface ServiceChange {
  Name: string;
  Type: string;
  Count: number;
  CountBefore: number;
  FaultShare: number;
  FaultShareBefore: number;
  ErrorShare: number;
  ErrorShareBefore: number;
  ThrottleShare: number;
  ThrottleShareBefore: number;
  P50: number;
  P50Before: number;
  P95: number;
  P95Before: number;
  IsUnhealthy: boolean;
  Worse: number;
  FirstBad?: number;
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

/** A segment, or a span of OpenTelemetry: its document is a JSON text. */
export interface Span {
  Id: string;
  Document: string;
}

/** What a span is one of: the segments of a service, or what its segments call or do by one name. */
export interface SpanOperation {
  Name: string;
  Type?: string;
  Operation?: string;
  Subsegment?: string;
  SubsegmentType?: string;
}

/** How long the completed spans of one kind took, in seconds; all 0 when there were none. */
export interface SpanPopulation {
  Name: string;
  Type: string;
  Operation: string;
  Subsegment: string;
  SubsegmentType: string;
  Count: number;
  Median: number;
  P90: number;
  P95: number;
  P99: number;
  FaultShare: number;
  SpanIds: string[];
}

/** The traces to retrieve, and the window, both ends included, in which to look for them. */
export interface StartTraceRetrievalRequest {
  TraceIds: string[];
  StartTime: number;
  EndTime: number;
}

/** The retrieval that began. */
export interface StartTraceRetrievalResult {
  RetrievalToken: string;
}

/** One place in the tree that the traces of both sets make when laid over one another. */
export interface StructureHop {
  Path: string[];
  Name: string;
  Type: string;
  CountA: number;
  CountB: number;
  MedianA: number;
  MedianB: number;
  SelfA: number;
  SelfB: number;
  Contribution: number;
}

/** A word that somebody put to a group or a sampling rule, and its value. */
export interface Tag {
  Key: string;
  Value: string;
}

/** Tags to put to a resource, in place of those with their keys. */
export interface TagResourceRequest {
  ResourceARN: string;
  Tags: Tag[];
}

/** Nothing: the tags were put. */
export interface TagResourceResponse {
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

/** Exceptions of one type whose messages differ in numbers and identifiers at most. */
export interface ThrownExceptions {
  Type: string;
  Message: string;
  Count: number;
  TraceCount: number;
  Services: string[];
  FirstSeen: number;
  LastSeen: number;
  TraceIds: string[];
  Columns: number[];
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

/** The traces of a window that satisfy all that is there. */
export interface TraceSet {
  FilterExpression?: string;
  StartTime?: number;
  EndTime?: number;
  MinDuration?: number;
  MaxDuration?: number;
}

/** One set; durations are those of whole traces, in seconds. */
export interface TraceSetStatistics {
  Count: number;
  Mean: number;
  Median: number;
  P95: number;
  FaultCount: number;
  IsSmall: boolean;
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

/** A window, and the kinds of span that are asked for: these, or those that a trace has. */
export interface TypicalRequest {
  StartTime: number;
  EndTime: number;
  Operations?: SpanOperation[];
  TraceId?: string;
}

/** Populations in the order of what was asked for. */
export interface TypicalResult {
  Operations: SpanPopulation[];
  SampledShare: number;
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

/** Keys of the tags to take from a resource. */
export interface UntagResourceRequest {
  ResourceARN: string;
  TagKeys: string[];
}

/** Nothing: the tags are gone. */
export interface UntagResourceResponse {
}

/** What is to change of the group of this name or ARN; what is absent stays. */
export interface UpdateGroupRequest {
  GroupName?: string;
  GroupARN?: string;
  FilterExpression?: string;
  InsightsConfiguration?: InsightsConfiguration;
}

/** The group as it is now. */
export interface UpdateGroupResult {
  Group: Group;
}

/** The rule to change, and what it is to say. */
export interface UpdateIndexingRuleRequest {
  Name: string;
  Rule: IndexingRuleValueUpdate;
}

/** The rule as it is now. */
export interface UpdateIndexingRuleResult {
  IndexingRule: IndexingRule;
}

/** The change to make. */
export interface UpdateSamplingRuleRequest {
  SamplingRuleUpdate: SamplingRuleUpdate;
}

/** The rule as it is now. */
export interface UpdateSamplingRuleResult {
  SamplingRuleRecord: SamplingRuleRecord;
}

/** Where segments are to go from now on. */
export interface UpdateTraceSegmentDestinationRequest {
  Destination?: "CloudWatchLogs" | "XRay";
  CloudWatchLogsConfiguration?: CloudWatchLogsConfiguration;
}

/** Where segments are about to go. */
export interface UpdateTraceSegmentDestinationResult {
  Destination: "CloudWatchLogs" | "XRay";
  Status: "ACTIVE" | "PENDING";
}

/** One value of an annotation, and the nodes that recorded it. */
export interface ValueWithServiceIds {
  AnnotationValue: AnnotationValue;
  ServiceIds: ServiceId[];
}

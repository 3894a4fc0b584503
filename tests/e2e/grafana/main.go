// Asks a server what Grafana's X-Ray data source asks, with the SDK it uses, and prints what came as one JSON object.
//
// grafana ENDPOINT FROM TO: FROM and TO are epoch seconds.
package main

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"strconv"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/xray"
	"github.com/aws/aws-sdk-go-v2/service/xray/types"
)

type answers struct {
	Groups    []types.GroupSummary
	Map       []types.Service
	Traces    []types.TraceSummary
	Sampled   []types.TraceSummary
	Calls     []types.TimeSeriesServiceStatistics
	OfService []types.TimeSeriesServiceStatistics
	OfEdge    []types.TimeSeriesServiceStatistics
	Insights  []types.InsightSummary
	Whole     []types.Trace
	Graph     []types.Service
}

type asker struct {
	client   *xray.Client
	from, to time.Time
}

func must[T any](value T, err error) T {
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	return value
}

func seconds(text string) time.Time {
	return time.UnixMilli(int64(must(strconv.ParseFloat(text, 64)) * 1000)).UTC()
}

func (a asker) groups(ctx context.Context) (found []types.GroupSummary) {
	for pager := xray.NewGetGroupsPaginator(a.client, &xray.GetGroupsInput{}); pager.HasMorePages(); {
		found = append(found, must(pager.NextPage(ctx)).Groups...)
	}
	return found
}

func (a asker) serviceMap(ctx context.Context, group *string) (found []types.Service) {
	input := &xray.GetServiceGraphInput{StartTime: &a.from, EndTime: &a.to, GroupName: group}
	for pager := xray.NewGetServiceGraphPaginator(a.client, input); pager.HasMorePages(); {
		found = append(found, must(pager.NextPage(ctx)).Services...)
	}
	return found
}

// Without an expression none is sent: an empty one would be refused.
func optional(text string) *string {
	if text == "" {
		return nil
	}
	return &text
}

func (a asker) traces(ctx context.Context, expression string) (found []types.TraceSummary) {
	input := &xray.GetTraceSummariesInput{StartTime: &a.from, EndTime: &a.to, FilterExpression: optional(expression)}
	for pager := xray.NewGetTraceSummariesPaginator(a.client, input); pager.HasMorePages() && len(found) < 1000; {
		found = append(found, must(pager.NextPage(ctx)).TraceSummaries...)
	}
	return found
}

// The window in four parts, page by page, a share of the traces: how the analytics are gathered.
func (a asker) sampled(ctx context.Context, share float64) (found []types.TraceSummary) {
	quarter := a.to.Sub(a.from) / 4
	for part := time.Duration(0); part < 4; part++ {
		input := xray.GetTraceSummariesInput{
			StartTime:        aws.Time(a.from.Add(quarter * part)),
			EndTime:          aws.Time(a.from.Add(quarter * (part + 1))),
			TimeRangeType:    types.TimeRangeTypeEvent,
			Sampling:         aws.Bool(true),
			SamplingStrategy: &types.SamplingStrategy{Name: "FixedRate", Value: aws.Float64(share)},
		}
		for more := true; more; {
			page := must(a.client.GetTraceSummaries(ctx, &input))
			found = append(found, page.TraceSummaries...)
			input.NextToken = page.NextToken
			more = page.NextToken != nil
		}
	}
	return found
}

func (a asker) series(ctx context.Context, selector string, period int32) (found []types.TimeSeriesServiceStatistics) {
	input := &xray.GetTimeSeriesServiceStatisticsInput{
		StartTime: &a.from, EndTime: &a.to, Period: &period, EntitySelectorExpression: optional(selector),
	}
	for pager := xray.NewGetTimeSeriesServiceStatisticsPaginator(a.client, input); pager.HasMorePages(); {
		found = append(found, must(pager.NextPage(ctx)).TimeSeriesServiceStatistics...)
	}
	return found
}

func (a asker) insights(ctx context.Context, group *string, states []types.InsightState) []types.InsightSummary {
	input := &xray.GetInsightSummariesInput{StartTime: &a.from, EndTime: &a.to, GroupName: group, States: states}
	return must(a.client.GetInsightSummaries(ctx, input)).InsightSummaries
}

func (a asker) graph(ctx context.Context, ids []string) (found []types.Service) {
	for pager := xray.NewGetTraceGraphPaginator(a.client, &xray.GetTraceGraphInput{TraceIds: ids}); pager.HasMorePages(); {
		found = append(found, must(pager.NextPage(ctx)).Services...)
	}
	return found
}

func main() {
	ctx := context.Background()
	keys := aws.CredentialsProviderFunc(func(context.Context) (aws.Credentials, error) {
		return aws.Credentials{AccessKeyID: "AKIDEXAMPLE", SecretAccessKey: "any"}, nil
	})
	client := xray.New(xray.Options{Region: "us-east-1", Credentials: keys, BaseEndpoint: aws.String(os.Args[1])})
	a := asker{client, seconds(os.Args[2]), seconds(os.Args[3])}
	told := answers{Groups: a.groups(ctx)}
	told.Map = a.serviceMap(ctx, aws.String("Default"))
	told.Traces, told.Sampled = a.traces(ctx, ""), a.sampled(ctx, 1)
	told.Calls = a.series(ctx, "", 60)
	for _, service := range told.Map {
		if len(service.Edges) > 0 && *service.Type != "client" {
			told.OfService = a.series(ctx, fmt.Sprintf("service(%q)", *service.Name), 300)
			for _, other := range told.Map {
				if *other.ReferenceId == *service.Edges[0].ReferenceId {
					told.OfEdge = a.series(ctx, fmt.Sprintf("edge(%q, %q)", *service.Name, *other.Name), 60)
				}
			}
			break
		}
	}
	// The state "All" is a list of none; the group "All" is each by itself.
	for _, group := range told.Groups {
		told.Insights = append(told.Insights, a.insights(ctx, group.GroupName, []types.InsightState{})...)
		told.Insights = append(told.Insights, a.insights(ctx, group.GroupName, []types.InsightState{"ACTIVE"})...)
	}
	id := []string{*told.Traces[0].Id}
	told.Whole, told.Graph = must(client.BatchGetTraces(ctx, &xray.BatchGetTracesInput{TraceIds: id})).Traces, a.graph(ctx, id)
	if err := json.NewEncoder(os.Stdout).Encode(told); err != nil {
		os.Exit(1)
	}
}

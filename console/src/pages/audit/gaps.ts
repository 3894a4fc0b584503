import { useQuery } from "@tanstack/react-query";
import { GetCallerIdentity } from "../../api/access.gen";
import { queryQuietly } from "../../api/query";
import { readServer } from "../../api/server";
import { lookUpQuietly, type LookupEventsRequest, type LookupEventsResponse } from "../../api/trail";
import { GAPS, OWN_SOURCE } from "./record";

export interface Gap {
  name: string;
  count: number;
}

/** The gaps that the audit tells of in itself, in all the time it looks back; each name is looked up by itself, for a flood's summaries fill any page of its source. */
export async function gapsIn(lookUp: (request: LookupEventsRequest) => Promise<LookupEventsResponse>): Promise<Gap[]> {
  const found: Gap[] = [];
  for (const name of GAPS) {
    const { Events } = await lookUp({ LookupAttributes: [{ AttributeKey: "EventName", AttributeValue: name }] });
    const count = Events.filter(({ EventSource }) => EventSource === OWN_SOURCE).length;
    if (count > 0) found.push({ name, count });
  }
  return found;
}

/** The gaps, where whoever reads is of the account that is told of them; else `elsewhere` is that account. */
export function useGaps() {
  const who = useQuery({ queryKey: ["who"], queryFn: ({ signal }) => queryQuietly(GetCallerIdentity, {}, signal) });
  const server = useQuery({ queryKey: ["server"], queryFn: ({ signal }) => readServer(signal) });
  const here = who.data && server.data && who.data.Account === server.data.AccountId;
  const gaps = useQuery({
    queryKey: ["audit-gaps"],
    queryFn: ({ signal }) => gapsIn((request) => lookUpQuietly(request, signal)),
    enabled: here === true,
  });
  return { gaps: gaps.data, elsewhere: here === false ? server.data?.AccountId : undefined };
}

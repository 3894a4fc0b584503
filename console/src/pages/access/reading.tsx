import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { GetCallerIdentity } from "../../api/access.gen";
import { queryQuietly } from "../../api/query";
import { useLanguage } from "../../i18n";
import { Failure } from "../../shell/Failure";
import { Waiting } from "../../shell/Waiting";

/** Asks what a part of these pages shows; whatever is changed on them asks it again. */
export function useRead<T>(key: readonly string[], read: (signal: AbortSignal) => Promise<T>, enabled = true) {
  return useQuery({ queryKey: ["iam", ...key], queryFn: ({ signal }) => read(signal), staleTime: 0, enabled });
}

export type Reading<T> = ReturnType<typeof useRead<T>>;

/** What was read, or in its place that it is being read, or why it could not be. */
export function Read<T>({ reading, children }: { reading: Reading<T>; children: (data: T) => ReactNode }) {
  const { say } = useLanguage();
  return (
    <>
      {reading.error && <Failure error={reading.error} onRetry={() => void reading.refetch()} />}
      {reading.isPending && !reading.error && <Waiting label={say("iam.loading")} />}
      {reading.data !== undefined && children(reading.data)}
    </>
  );
}

/** Does something that changes who may do what, then has everything read again. */
export function useDo(after?: () => void) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (act: () => Promise<unknown>) => act(),
    onSettled: () => client.invalidateQueries({ queryKey: ["iam"] }),
    onSuccess: () => after?.(),
  });
}

/** Who asks, once for the whole visit. */
export function useWho() {
  return useQuery({ queryKey: ["who"], queryFn: ({ signal }) => queryQuietly(GetCallerIdentity, {}, signal) });
}

export function useAccount(): string {
  return useWho().data?.Account ?? "000000000000";
}

import Select from "@cloudscape-design/components/select";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { call } from "../api/client";
import { useLanguage } from "../i18n";

/** The groups are read when the list is first opened: most visits never open it. */
export function GroupSelect({ value, onChange }: { value: string; onChange: (group: string) => void }) {
  const { say } = useLanguage();
  const [opened, setOpened] = useState(false);
  const groups = useQuery({
    queryKey: ["GetGroups"],
    queryFn: ({ signal }) => call("GetGroups", {}, signal),
    enabled: opened,
    staleTime: 60_000,
  });
  const names = (groups.data?.Groups ?? []).map((group) => group.GroupName).filter((name) => name !== "Default");
  if (value && !names.includes(value)) names.push(value);
  const options = [{ value: "", label: say("question.groupDefault") }, ...names.map((name) => ({ value: name, label: name }))];
  return (
    <Select
      selectedOption={options.find((option) => option.value === value) ?? options[0]!}
      options={options}
      ariaLabel={say("question.group")}
      statusType={groups.isError ? "error" : groups.isFetching ? "loading" : "finished"}
      errorText={say("question.groupsFailed")}
      recoveryText={say("error.retry")}
      onLoadItems={() => (opened ? groups.isError && void groups.refetch() : setOpened(true))}
      onChange={({ detail }) => onChange(detail.selectedOption.value ?? "")}
    />
  );
}

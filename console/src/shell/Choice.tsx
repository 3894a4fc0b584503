import "./choice.css";

interface ChoiceProps<T extends string> {
  label: string;
  values: readonly T[];
  value: T;
  word: (value: T) => string;
  keyOf?: (value: T) => string;
  onChange: (value: T) => void;
}

/** One of a few ways to look at the same thing. */
export function Choice<T extends string>({ label, values, value, word, keyOf, onChange }: ChoiceProps<T>) {
  return (
    <div role="group" aria-label={label} className="choice">
      {values.map((each) => (
        <button key={each} type="button" className="tool" data-outlined aria-pressed={each === value} onClick={() => onChange(each)}>
          {word(each)} {keyOf?.(each) && <kbd>{keyOf(each)}</kbd>}
        </button>
      ))}
    </div>
  );
}

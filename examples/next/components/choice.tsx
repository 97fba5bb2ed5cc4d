interface ChoiceProps<VALUE extends string> {
  readonly legend: string;
  readonly name: string;
  readonly value: VALUE;
  readonly options: readonly { readonly value: VALUE; readonly label: string }[];
  readonly onChange: (value: VALUE) => void;
}

/** One of a few, all in sight. */
export function Choice<VALUE extends string>({ legend, name, value, options, onChange }: ChoiceProps<VALUE>) {
  return (
    <fieldset className="flex flex-col gap-1">
      <legend className="text-muted mb-1">{legend}</legend>
      {options.map((option) => (
        <label key={option.value} className="flex cursor-pointer items-center gap-2">
          <input
            type="radio"
            className="radio radio-sm"
            name={name}
            checked={option.value === value}
            onChange={() => onChange(option.value)}
          />
          {option.label}
        </label>
      ))}
    </fieldset>
  );
}

interface SwitchProps {
  readonly label: string;
  readonly isOn: boolean;
  readonly change: (isOn: boolean) => void;
}

export function Switch({ label, isOn, change }: SwitchProps) {
  return (
    <button type="button" role="switch" class="switch" aria-checked={isOn} aria-label={label} onClick={() => change(!isOn)}>
      <span class="switch-track" aria-hidden="true" />
      <span aria-hidden="true">{isOn ? 'on' : 'off'}</span>
    </button>
  );
}

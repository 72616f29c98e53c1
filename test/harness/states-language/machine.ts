/** The part of the States Language that the interpreter supports. */
export interface Machine {
  readonly StartAt: string;
  readonly States: { readonly [name: string]: MachineState };
}

export interface MachineState {
  readonly Type: 'Pass' | 'Task' | 'Choice' | 'Wait' | 'Succeed' | 'Fail' | 'Map';
  readonly Next?: string;
  readonly End?: boolean;
  readonly Assign?: { readonly [name: string]: unknown };
  readonly Output?: unknown;
  readonly Resource?: string;
  readonly Arguments?: unknown;
  readonly Retry?: readonly Retrier[];
  readonly Catch?: readonly Catcher[];
  readonly Choices?: readonly { readonly Condition: string; readonly Next: string }[];
  readonly Default?: string;
  readonly Seconds?: number | string;
  readonly Error?: string;
  readonly Cause?: string;
  readonly Items?: unknown;
  readonly ItemSelector?: { readonly [name: string]: unknown };
  readonly MaxConcurrency?: number;
  readonly ToleratedFailurePercentage?: number;
  readonly ItemProcessor?: Machine & { readonly ProcessorConfig: { readonly Mode: 'INLINE' | 'DISTRIBUTED' } };
}

export interface Retrier {
  readonly ErrorEquals: readonly string[];
  readonly IntervalSeconds?: number;
  readonly BackoffRate?: number;
  readonly MaxAttempts?: number;
  readonly MaxDelaySeconds?: number;
}

export interface Catcher {
  readonly ErrorEquals: readonly string[];
  readonly Next: string;
  readonly Assign?: { readonly [name: string]: unknown };
  readonly Output?: unknown;
}

/** Errors that no wildcard matches. */
const TERMINAL = ['States.DataLimitExceeded', 'States.Runtime'];

/** Whether a retrier or a catcher names an error. */
export function isAmong(error: string, names: readonly string[]): boolean {
  return names.includes(error)
    || (!TERMINAL.includes(error) && (names.includes('States.ALL') || (names.includes('States.TaskFailed') && error !== 'States.Timeout')));
}

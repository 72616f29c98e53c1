/** The values of metrics, by their names. */
export interface MetricValues {
  readonly [name: string]: number;
}

/**
 * Publishes metrics in the embedded metric format, which CloudWatch reads from the log. It needs no permission and no call that could fail.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html
 */
export function publishMetrics(Namespace: string, dimensions: { readonly [name: string]: string | undefined }, values: MetricValues): void {
  const Metrics = Object.keys(values).map(Name => ({ Name, Unit: 'Count' }));
  const CloudWatchMetrics = [{ Namespace, Dimensions: [Object.keys(dimensions)], Metrics }];
  logLine({ _aws: { Timestamp: Date.now(), CloudWatchMetrics }, ...dimensions, ...values });
}

/** Writes a line of JSON into the log. */
export function logLine(entry: object): void {
  process.stdout.write(`${JSON.stringify(entry)}\n`);
}

/** The values of a condition key: a list is a key that may have several. */
export type KeyValue = string | number | boolean | readonly string[];

/** Condition keys of a request by name, in whatever case. A key that is not there is absent. */
export type RequestKeys = Readonly<Record<string, KeyValue>>;

/** One of the resources that a request is authorized for. */
export interface RequestResource {
  /** Its ARN, or `*` for an action that knows no resources. */
  readonly arn: string;

  /** The condition keys that exist for this resource alone. */
  readonly keys?: RequestKeys;
}

/** A request to AWS, as policies see it: one action, authorized once for each resource. */
export interface IamRequest {
  readonly action: string;
  readonly resources: readonly RequestResource[];

  /** The condition keys that exist whichever resource is looked at. */
  readonly keys?: RequestKeys;
}

/** The values of one key in a request, as texts. */
export type ContextValue = string | readonly string[];

/** The keys of a request for one of its resources, found in whatever case. */
export class RequestContext {
  private readonly values = new Map<string, ContextValue>();

  public constructor(request: IamRequest, resource: RequestResource) {
    for (const [name, value] of [...Object.entries(request.keys ?? {}), ...Object.entries(resource.keys ?? {})]) {
      if (this.values.has(name.toLowerCase())) { throw new Error(`a request has each key once, got '${name}' again`); }
      this.values.set(name.toLowerCase(), Array.isArray(value) ? value.map(String) : String(value));
    }
  }

  /** The value of a key, or nothing where the key is absent or empty. */
  public get(name: string): ContextValue | undefined {
    const value = this.values.get(name.toLowerCase());
    return value?.length === 0 ? undefined : value;
  }
}

/** The values of a condition key. A list is a multivalued key. */
export type KeyValue = string | number | boolean | readonly string[];

/** The condition keys of a request by name, ignoring case. */
export type RequestKeys = Readonly<Record<string, KeyValue>>;

/** One of the resources that a request is authorized for. */
export interface RequestResource {
  /** Its ARN, or `*` for an action without resource types. */
  readonly arn: string;

  /** The condition keys that exist only for this resource. */
  readonly keys?: RequestKeys;
}

/** A request to AWS in the view of policies: one action, authorized once for each resource. */
export interface IamRequest {
  readonly action: string;
  readonly resources: readonly RequestResource[];

  /** The condition keys that exist for each resource. */
  readonly keys?: RequestKeys;
}

/** The values of one key in a request, as texts. */
export type ContextValue = string | readonly string[];

/** The keys of a request for one of its resources, ignoring case. */
export class RequestContext {
  private readonly values = new Map<string, ContextValue>();

  public constructor(request: IamRequest, resource: RequestResource) {
    for (const [name, value] of [...Object.entries(request.keys ?? {}), ...Object.entries(resource.keys ?? {})]) {
      if (this.values.has(name.toLowerCase())) { throw new Error(`a request has each key once, got '${name}' again`); }
      this.values.set(name.toLowerCase(), Array.isArray(value) ? value.map(String) : String(value));
    }
  }

  /** The values of a key. `undefined` if the key is missing or empty. */
  public get(name: string): ContextValue | undefined {
    const value = this.values.get(name.toLowerCase());
    return value?.length === 0 ? undefined : value;
  }
}

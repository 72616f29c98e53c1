/** A sign of containers on instances. `resource` is the path of another resource that shows it. */
export type ContainerEvidence =
  | { readonly kind: 'service'; readonly service: string; readonly resource: string }
  | { readonly kind: 'ContainerHost'; readonly resource: string }
  | { readonly kind: 'agent'; readonly place: AgentPlace; readonly agent: string; readonly sign: string; readonly resource?: string }
  /** A command that starts containers. */
  | { readonly kind: 'command'; readonly place: AgentPlace; readonly command: string; readonly resource?: string }
  | { readonly kind: 'image'; readonly image: string; readonly resource?: string };

/** The place of the configuration of an agent that runs containers. */
export type AgentPlace = 'user data' | 'AWS::CloudFormation::Init';

/** The same evidence in another resource. */
export function evidenceIn(resource: string, evidence: ContainerEvidence): ContainerEvidence {
  return { ...evidence, resource };
}

/** Evidence, each once. */
export function distinctEvidence(evidence: readonly ContainerEvidence[]): readonly ContainerEvidence[] {
  return evidence.length < 2 ? evidence : [...new Map(evidence.map(one => [JSON.stringify(one), one])).values()];
}

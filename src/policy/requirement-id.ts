/** The id of a requirement: public, an acknowledgement names it. Never reused. */
export type RequirementId =
  | 'Imdsv2::TokensRequired'
  | 'Imdsv2::OptionsUnreadable'
  | 'Imdsv2::ValueNotAccepted'
  | 'Imdsv2::CannotBeSet'
  | 'Imdsv2::ReplacesResource'
  | 'Imdsv2::ReplacesFollower'
  | 'Imdsv2::VersionNotFollowed'
  | 'Imdsv2::LaunchSourceUnknown'
  | 'Imdsv2::ContainerHopLimit'
  | 'Imdsv2::HopLimitTooHigh'
  | 'Imdsv2::Ipv6NotSupported'
  | 'Imdsv2::TagKeyNotAllowed'
  | 'Imdsv2::EndpointNeeded'
  | 'Imdsv2::ExemptionExpired'
  | 'Imdsv2::ExemptionExpiring'
  | 'Imdsv2::StageNotEnforced'
  | 'Imdsv2::ChangedAfterEnforcement';

/** The part of an id that names the rule, behind the name of the library. */
export function ruleNameOf(id: string): string {
  return id.slice(id.indexOf('::') + 2);
}

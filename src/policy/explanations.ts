import type { RequirementId } from './requirement-id';

/** What goes wrong where a requirement does not hold, and for whom: for readers who do not know the metadata service. */
export const EXPLANATIONS: { readonly [id in RequirementId]: string } = {
  'Imdsv2::TokensRequired': text(
    'Every EC2 instance can ask a service at 169.254.169.254 about itself, and gets the credentials of its role there.',
    'With IMDSv1 a single GET request is enough, so whoever tricks a program on the instance into fetching a URL has the credentials.',
    'IMDSv2 asks for a session token first, which such a request cannot get.',
    'IMDSv1 stays open until tokens are required, even where everything on the instance speaks IMDSv2.',
  ),
  'Imdsv2::OptionsUnreadable': text(
    'What stands in the place of the metadata options is a value that only the deployment knows, or none that can hold options at all.',
    'Whether tokens are required there cannot be told, and enforcement leaves it as it is.',
    'If it allows IMDSv1 in the end, nobody hears of it.',
  ),
  'Imdsv2::ValueNotAccepted': text(
    'Each option takes a few values: words in lower case, or a whole number from 1 to 64.',
    'With any other value the deployment fails, or a launch later on: that of a group perhaps at night, when it has to grow.',
  ),
  'Imdsv2::CannotBeSet': text(
    'Some services launch instances for you, and CloudFormation has no property that would make these require IMDSv2.',
    'What applies then is set elsewhere, such as the default of the account in that Region, and is not visible in the app.',
    'Where that allows IMDSv1, so do the instances, whatever the rest of the app says.',
  ),
  'Imdsv2::ReplacesResource': text(
    'CloudFormation cannot change this property of a resource that is deployed: it creates another resource and deletes the old one.',
    'What that costs depends on the type: the instances of a fleet are terminated, what is on the disk of a WorkSpaces instance is lost.',
    'Enforcement has written the change all the same, so the next deployment does it.',
  ),
  'Imdsv2::ReplacesFollower': text(
    'Enforcement changed a launch template, which gives the template a new version with the next deployment.',
    'A launcher that names the latest version number gets another number by that, and for an instance or a fleet another number means replacement.',
    'Whoever uses the instance loses what is on it.',
  ),
  'Imdsv2::VersionNotFollowed': text(
    'A change of a launch template makes a new version and leaves the old ones as they are.',
    'A launcher that names a fixed version, or the default version, which CloudFormation never moves, goes on launching what it launched before.',
    'The template says that tokens are required, and the instances allow IMDSv1.',
  ),
  'Imdsv2::LaunchSourceUnknown': text(
    'A group or a fleet launches what its launch template says, and this one names a template that is not in the app, or that only the deployment knows.',
    'Whether its instances require tokens is decided elsewhere, perhaps by another team, and may change without a change here.',
  ),
  'Imdsv2::ContainerHopLimit': text(
    'The answer with the session token may pass as many network hops as the hop limit says, and a container on a bridge network is one hop further away.',
    'At a limit of 1 it never gets a token.',
    'Under IMDSv1 the limit did not matter, so this shows only when tokens are required: software in containers is without credentials and Region then.',
  ),
  'Imdsv2::HopLimitTooHigh': text(
    'The hop limit keeps the session token on the instance.',
    'With a high limit a token can leave it, by way of a proxy, a VPN or a NAT that runs there, and be used to ask for the credentials of the role.',
    '1 is enough for processes on the host, and 2 for containers.',
  ),
  'Imdsv2::Ipv6NotSupported': text(
    'The metadata service answers over IPv6 on Nitro instances alone, and there has to be IPv6 in their subnet.',
    'Turned on anywhere else, the launch fails.',
    'For a launch template or a group that shows only when the next instance is launched.',
  ),
  'Imdsv2::TagKeyNotAllowed': text(
    'The tags of an instance can be read from the metadata, where each key is part of a path.',
    'So EC2 refuses to launch an instance that has tags in the metadata and a key with a space or a slash.',
    'The key may come from anywhere: from the stack, from the whole app, or from a service such as EKS.',
  ),
  'Imdsv2::EndpointNeeded': text(
    'With the metadata service turned off no request is answered, and so nobody can misuse one.',
    'But user data, SSH keys and the credentials of the role come to the instance through it as well: an instance that needs one of them starts, and does not work.',
    'So enforcement turns it off only where nothing of that kind is in sight.',
  ),
  'Imdsv2::ExemptionExpired': text(
    'Somebody decided that this scope may do without a requirement until a day that has come.',
    'The exemption does not hold any more: what it covered is enforced, or reported, again.',
    'Left where it is, it says something that is not true.',
  ),
  'Imdsv2::ExemptionExpiring': text(
    'The exemption of this scope ends within 30 days.',
    'From that day on what it covers is enforced, and software that still needs IMDSv1 stops working with the deployment after it.',
    'Whoever owns the exemption has until then to move that software, or to put off the end.',
  ),
  'Imdsv2::StageNotEnforced': text(
    'Aspects of an app do not enter its stages, so enforcement is added to each stage that is there when it is called.',
    'A stage that is made later, or was synthesized before, is not reached, and the resources in it keep allowing IMDSv1.',
    'Where that would make a difference the synthesis fails, rather than to let a whole stage through in silence.',
  ),
  'Imdsv2::ChangedAfterEnforcement': text(
    'Enforcement has the last word over aspects with a priority below 999.',
    'One that runs after it, or changes what it does not visit, can take tokens away again, add a resource, or change what a template is used for.',
    'Then the template would not say what enforcement reported, so the synthesis fails.',
  ),
};

/** Sentences, one after the other. */
function text(...sentences: readonly string[]): string {
  return sentences.join(' ');
}

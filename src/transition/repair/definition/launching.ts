import { keyOf, put } from './objects';
import type { Catcher, States, Steps } from './states';
import { call, choice, EMPTY, END, end, jsonata, pass, TOO_LONG, turns, wait } from './states';

/**
 * Reads the launchers of the instances of a page, and writes down those that would launch instances with IMDSv1. These states run in the child
 * execution of a plan.
 */
export function launchers(next: string): States {
  return {
    'Plan - list launchers': pass({
      launchers: jsonata(`(
        $launched := $entries[is in ['ready', 'required']];
        $append(
          $append([], $distinct($launched.group).{'group': $}),
          $append([], $distinct($launched[$not($exists(group))].template).{'id': $split($, ' ')[0], 'version': $split($, ' ')[1]})
        )
      )`),
    }, 'Plan - are there launchers'),
    'Plan - are there launchers': choice([['$count($launchers) > 0', 'Plan - check each launcher']], next),
    'Plan - check each launcher': turns(jsonata('$launchers'), 1, lookAtOne(), next, {}),
  };
}

function lookAtOne(): Steps {
  return {
    StartAt: 'Launcher - start',
    States: {
      'Launcher - start': pass({
        group: jsonata("$exists($states.input.group) ? $states.input.group : ''"),
        specs: jsonata("$exists($states.input.id) ? [{'LaunchTemplateId': $states.input.id, 'Version': $states.input.version}] : []"),
        configuration: EMPTY,
        options: [],
      }, 'Launcher - is it a group'),
      'Launcher - is it a group': choice([["$group != ''", 'Launcher - describe the group']], 'Launcher - describe launch templates'),
      'Launcher - describe the group': call('autoscaling:describeAutoScalingGroups', { AutoScalingGroupNames: [jsonata('$group')] }, 'Launcher - what does the group launch from', {
        assign: { specs: jsonata(SPECS), configuration: jsonata(CONFIGURATION), isThere: jsonata('$count($states.result.AutoScalingGroups) > 0') },
        catchers: UNREADABLE,
      }),
      'Launcher - what does the group launch from': choice([
        ['$not($isThere)', 'Launcher - group not found'],
        ["$configuration != ''", 'Launcher - describe the launch configuration'],
        ['$count($specs) > 0', 'Launcher - describe launch templates'],
      ], 'Launcher - no launch template'),
      'Launcher - group not found': end({}),
      'Launcher - no launch template': pass({ verdict: { brings: 'unknown', because: 'it has neither a launch template nor a launch configuration' } }, 'Launcher - write the result'),
      'Launcher - describe the launch configuration': call('autoscaling:describeLaunchConfigurations', { LaunchConfigurationNames: [jsonata('$configuration')] }, 'Launcher - judge the options', {
        assign: {
          options: jsonata(`$append([], $states.result.LaunchConfigurations.{
          'where': 'launch configuration ' & LaunchConfigurationName,
          'tokens': MetadataOptions.HttpTokens, 'endpoint': MetadataOptions.HttpEndpoint
        })`),
        },
        catchers: UNREADABLE,
      }),
      'Launcher - describe launch templates': turns(jsonata('$specs'), 1, describeTemplate(), 'Launcher - judge the options', {
        options: jsonata('$append([], $states.result)'),
      }),
      'Launcher - judge the options': pass({ verdict: jsonata(VERDICT) }, 'Launcher - does it require IMDSv2'),
      'Launcher - does it require IMDSv2': choice([["$verdict.brings = 'v2'", 'Launcher - it requires IMDSv2']], 'Launcher - write the result'),
      'Launcher - it requires IMDSv2': end({}),
      'Launcher - write the result': put(KEY, `$merge([{'launcher': ${NAME}}, $verdict])`, 'Launcher - end'),
      'Launcher - end': end({}),
    },
  };
}

/** A launcher that cannot be read is listed as unknown. */
const UNREADABLE: readonly Catcher[] = [{
  ErrorEquals: [TOO_LONG, 'States.TaskFailed'],
  Next: 'Launcher - write the result',
  Assign: { verdict: { brings: 'unknown', because: 'its launch template or launch configuration could not be read' } },
}];

function describeTemplate(): Steps {
  return {
    StartAt: 'Launcher - wait before describing a template',
    States: {
      'Launcher - wait before describing a template': { ...wait(1, 'Launcher - describe a launch template'), Output: jsonata('$states.input') },
      'Launcher - describe a launch template': call('ec2:describeLaunchTemplateVersions', jsonata(`$merge([
        $exists($states.input.LaunchTemplateId) ? {'LaunchTemplateId': $states.input.LaunchTemplateId} : {'LaunchTemplateName': $states.input.LaunchTemplateName},
        {'Versions': [$exists($states.input.Version) ? $states.input.Version : '$Default']}
      ])`), END, {
        output: jsonata(`$merge([
          {'where': 'launch template ' & $states.result.LaunchTemplateVersions[0].LaunchTemplateId & ' version ' & $states.result.LaunchTemplateVersions[0].VersionNumber},
          $states.result.LaunchTemplateVersions[0].LaunchTemplateData.{'tokens': MetadataOptions.HttpTokens, 'endpoint': MetadataOptions.HttpEndpoint}
        ])`),
        catchers: [{ ErrorEquals: ['States.TaskFailed'], Next: 'Launcher - template not readable' }],
      }),
      'Launcher - template not readable': end({ where: 'its launch template', tokens: 'unknown' }),
    },
  };
}

/** The launch templates of a group, with those of its overrides. */
const SPECS = `(
  $of := $states.result.AutoScalingGroups[0];
  $mixed := $of.MixedInstancesPolicy.LaunchTemplate;
  $append([], $append($append($of.LaunchTemplate, $mixed.LaunchTemplateSpecification), $mixed.Overrides.LaunchTemplateSpecification))
)`;
const CONFIGURATION = '$exists($states.result.AutoScalingGroups[0].LaunchConfigurationName) ? $states.result.AutoScalingGroups[0].LaunchConfigurationName : \'\'';

const NAME = "$group != '' ? 'Auto Scaling group ' & $group : 'launch template ' & $specs[0].LaunchTemplateId & ' version ' & $specs[0].Version";

/** Each launcher has one object, even if its instances are on several pages. */
const KEY = `${keyOf('launchers/')} & $encodeUrlComponent(${NAME}) & '.json'`;

/** An unset value depends on the account default, and then on the AMI. The repair reads neither, because both can change. */
const VERDICT = `(
  $weak := $options[tokens = 'optional' and $not(endpoint = 'disabled')];
  $lost := $options[tokens = 'unknown'];
  $unset := $options[$not($exists(tokens)) and $not(endpoint = 'disabled')];
  $count($weak) > 0 ? {'brings': 'v1', 'because': $weak[0].where & ' has HttpTokens: optional'}
  : $count($unset) > 0 ? {'brings': 'unknown', 'because': $unset[0].where & ' does not set HttpTokens: the account default decides, then the AMI'}
  : $count($lost) > 0 ? {'brings': 'unknown', 'because': $lost[0].where & ' could not be read'}
  : {'brings': 'v2', 'because': ''}
)`;

import type { Report } from '../../../src/report/report';
import type { ReportedResource, ReportedValue } from '../../../src/report/reported-resource';
import type { Checked } from '../checked';
import { checkedTemplate } from '../checked';
import { kind, none, once } from '../law';
import { wrongOutcomes } from '../laws/outcomes';
import { REPORTED } from '../laws/reports';
import type { Template } from '../oracle/json';
import { decided, launchingTemplate } from '../plans/launches';

interface Subject {
  readonly template: Template;
  readonly checked: () => Checked;
}

/** Template files with launches and images. The report must contain what instances get. */
export const LAUNCHES = kind<Template, Subject>({
  name: 'launches',
  plans: launchingTemplate(),
  open: template => ({ template, checked: once(() => checkedTemplate(template)) }),
  laws: [
    {
      title: 'an outcome follows from conditions and parameters',
      check: ({ template, checked }) => none(wrongOutcomes(checked().report, 'web.json', template), 'wrong'),
    },
    {
      title: 'the report contains all values of the report with a decided condition',
      check: ({ template, checked }) => {
        const whole = checked().report;
        for (const isMet of [true, false]) {
          const part = checkedTemplate(decided(template, 'C', isMet)).report;
          none(valuesIn(part).filter(line => !valuesIn(whole).includes(line)), `missing where C is ${isMet}`);
          none(part.resources.filter(resource => isBetter(whole.resources.find(({ id }) => id === resource.id), resource)), `worse where C is ${isMet}`);
        }
      },
    },
    ...REPORTED,
  ],
});

/** The tokens and the hop limit of each resource in a report, according to the templates. */
function valuesIn({ resources }: Report): readonly string[] {
  return resources.flatMap(({ logicalId, settings: { tokens = [], hopLimit = [] } }) => [
    ...tokens.filter(isWritten).map(value => `${logicalId} tokens ${wordsOf(value)}`),
    ...hopLimit.filter(isWritten).map(value => `${logicalId} hop limit ${wordsOf(value)}`),
  ]);
}

/** Ignores results that depend on a condition: a disabled endpoint, and the image of a launch. */
function isWritten({ from }: ReportedValue): boolean {
  return !from.includes('the metadata service is off') && !from.includes('the AMI \'');
}

function wordsOf({ kind: of, value }: ReportedValue): string {
  return `${of} ${String(value)}`;
}

/** Whether one outcome is stricter than the other. */
function isBetter(one: ReportedResource | undefined, other: ReportedResource): boolean {
  const ranks = ['not required', 'undecided', 'required'];
  return one === undefined || ranks.indexOf(one.outcome) > ranks.indexOf(other.outcome);
}

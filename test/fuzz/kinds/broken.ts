import { checkedTemplate } from '../checked';
import { kind, none, once } from '../law';
import { REPORTED } from '../laws/reports';
import { brokenTemplate } from '../plans/broken';

/** Template files in which anything may stand anywhere: a check finds something or nothing, and its reports are written. */
export const BROKEN = kind({
  name: 'broken',
  plans: brokenTemplate(),
  open: (template: unknown) => ({ checked: once(() => checkedTemplate(template)) }),
  laws: [
    {
      title: 'whatever stands in a template, it is no exception',
      check: ({ checked }) => none(checked().said.violations.filter(({ ruleName }) => !ruleName.startsWith('Imdsv2::')), 'other rules'),
    },
    ...REPORTED,
  ],
});

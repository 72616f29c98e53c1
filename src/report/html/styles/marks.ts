/** Marks and badges: what each outcome looks like. */
export const MARKS = `
.is-required, .mark-required, .swatch-required { --mark: var(--good-mark); --ink: var(--good-ink); --ground: var(--good-ground); }
.is-not-required, .mark-not-required, .swatch-not-required,
.is-error, .mark-error { --mark: var(--bad-mark); --ink: var(--bad-ink); --ground: var(--bad-ground); }
.is-undecided, .mark-undecided, .swatch-undecided,
.is-warning, .mark-warning { --mark: var(--open-mark); --ink: var(--open-ink); --ground: var(--open-ground); }
.is-exempt, .mark-exempt, .swatch-exempt { --mark: var(--exempt-mark); --ink: var(--exempt-ink); --ground: var(--exempt-ground); }
.is-outside, .mark-outside, .is-unknown, .mark-unknown { --mark: var(--plain-mark); --ink: var(--plain-ink); --ground: var(--plain-ground); }

.mark { flex: none; width: 1rem; height: 1rem; vertical-align: -0.17em; fill: var(--mark); }
.glyph { fill: none; stroke: var(--card); stroke-width: 1.8; stroke-linecap: round; stroke-linejoin: round; }
.badge {
  display: inline-flex;
  align-items: center;
  gap: 0.375rem;
  padding: 0.125rem 0.5625rem 0.125rem 0.3125rem;
  border: 1px solid transparent;
  border-radius: 99px;
  background: var(--ground);
  color: var(--ink);
  font-size: 0.8125rem;
  font-weight: 600;
  line-height: 1.25rem;
  white-space: nowrap;
}
.chips { display: flex; flex-wrap: wrap; gap: 0.25rem; }
`;

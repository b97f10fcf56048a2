/** How long after a feed was made something counts as its outcome. */
export const OUTCOME_HOURS = { click: 24, conversion: 7 * 24 };

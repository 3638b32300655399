/** The findings of all steps. Pure. */
import type { Finding } from './doctor-step.ts';
import { DOCTOR_STEPS } from './doctor-table.ts';
import type { Evidence } from './evidence.ts';

export interface Diagnosis extends Finding {
  readonly id: string;
  readonly what: string;
  /** Only where it is broken. */
  readonly remedy?: string;
}

/** In the order of the chain. */
export const diagnose = (evidence: Evidence): readonly Diagnosis[] =>
  DOCTOR_STEPS.map(({ id, what, remedy, judge }) => {
    const finding = judge(evidence);
    return { id, what, ...finding, ...(finding.state === 'broken' && { remedy }) };
  });

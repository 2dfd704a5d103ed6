import type { OpportunityStage } from '../../../preload/contract/index.ts'

/** What is under way stands out, what is over does not. */
export const stageLook = (stage: OpportunityStage): 'live' | 'over' =>
  stage === 'won' || stage === 'lost' ? 'over' : 'live'

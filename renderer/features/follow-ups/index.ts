export { FollowUpsPage } from './FollowUpsPage.tsx'
export { dueGroupOf } from './follow-up-groups.ts'
export { PromisedRows } from './PromisedRows.tsx'
export { useDueCount } from './use-due-count.ts'

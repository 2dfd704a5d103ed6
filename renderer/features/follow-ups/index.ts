export { FollowUpsPage } from './FollowUpsPage.tsx'
export { dueGroupOf } from './follow-up-groups.ts'
export { useDueCount } from './use-due-count.ts'

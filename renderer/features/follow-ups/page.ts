export { FollowUpsPage } from './FollowUpsPage.tsx'

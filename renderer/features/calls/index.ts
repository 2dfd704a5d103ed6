export { CallsPage } from './CallsPage.tsx'
export { callPlace } from './call-place.ts'

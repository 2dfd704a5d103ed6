export { CallsPage } from './CallsPage.tsx'
export { callPlace } from './call-place.ts'
export { OtherCalls } from './OtherCalls.tsx'

export { callPlace } from './call-place.ts'
export { OtherCalls } from './OtherCalls.tsx'

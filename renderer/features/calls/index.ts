export { callPlace, personSection } from './call-place.ts'
export { OtherCalls } from './OtherCalls.tsx'

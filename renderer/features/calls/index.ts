export { callPlace } from './call-place.ts'

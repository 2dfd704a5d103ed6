export { RecordingPlayer } from './RecordingPlayer.tsx'
export { waveBars } from './wave-bars.ts'

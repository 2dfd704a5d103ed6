export { VoiceFilesPage } from './VoiceFilesPage.tsx'

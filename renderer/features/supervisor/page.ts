export { SupervisorPage } from './SupervisorPage.tsx'

export { SupervisorPage } from './SupervisorPage.tsx'
export { useIsSupervisorOffered } from './use-supervisor.ts'

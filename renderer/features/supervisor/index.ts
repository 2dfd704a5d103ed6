export { useIsSupervisorOffered } from './use-supervisor.ts'

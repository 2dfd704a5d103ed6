export { PresenceItems } from './PresenceItems.tsx'
export { PresenceMenu } from './PresenceMenu.tsx'
export { useSetPresence } from './use-set-presence.ts'

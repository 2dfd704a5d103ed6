export { PresenceMenu } from './PresenceMenu.tsx'
export { PresenceItems, presenceIcon } from './PresenceItems.tsx'
export { useSetPresence } from './use-set-presence.ts'

import { writeFileSync } from 'node:fs'
import { operationsText } from './operations-text.ts'

// Run after a change of an operation's description: npm run operations
writeFileSync(new URL('../../OPERATIONS.md', import.meta.url), operationsText())

import { createHash } from 'node:crypto'

type Kind = 'announcement' | 'menu'

/** How a call that the PBX makes by itself ends, and which keys were pressed. */
interface Outcome {
  state: 1 | 2 | 3 | 5 | 6
  keys?: Record<string, string>
}

interface Job {
  callee: string
  extension: string | null
  texts: Record<string, string>
  /** 0 waiting, 4 calling, then the outcome's. */
  state: number
  outcome: Outcome
}

const dayInChina = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Shanghai', dateStyle: 'short' })

/** Announcements and calls with voice menus. Each question for a result is answered, then moves the call one step on. */
export class AnnouncementQueue {
  readonly #jobs = new Map<string, Job>()
  /** By number; others succeed. */
  readonly outcomes = new Map<string, Outcome>()
  /** Null = `pwd` must be the word no. */
  secret: string | null = null
  isPurchased = true
  mostJobs = 50
  /** Epoch ms. */
  now: () => number = Date.now

  has(kind: Kind, name: string): boolean {
    return this.#jobs.has(`${kind} ${name}`)
  }

  get(kind: Kind, name: string): Job | undefined {
    return this.#jobs.get(`${kind} ${name}`)
  }

  add(kind: Kind, name: string, facts: Pick<Job, 'callee' | 'extension' | 'texts'>): void {
    const outcome = this.outcomes.get(facts.callee) ?? { state: 1 }
    this.#jobs.set(`${kind} ${name}`, { ...facts, state: 0, outcome })
  }

  /** As it is; it has moved on when asked again. */
  next(kind: Kind, name: string): Job | null {
    const job = this.get(kind, name)
    if (!job) return null
    const seen = { ...job }
    job.state = job.state === 0 ? 4 : job.outcome.state
    return seen
  }

  count(state: number): number {
    return [...this.#jobs.values()].filter((job) => job.state === state).length
  }

  isFull(): boolean {
    return this.count(0) + this.count(4) >= this.mostJobs
  }

  expectedPassword(callee: string, code: string): string {
    if (this.secret === null) return 'no'
    return createHash('md5')
      .update(this.secret + callee + code + dayInChina.format(this.now()))
      .digest('hex')
  }
}

import { answer } from './canned-server.ts'
import type { Subject } from './fault-clients.ts'
import { type FaultCase, good, reset } from './fault-scripts.ts'

/** Connections that were used before, and answers that only look odd. */
export const keptFaults: FaultCase[] = [
  // Connections that were used before
  {
    name: 'the kept connection is closed without a word',
    again: true,
    script: (subject) => (socket) => {
      socket.write(good(subject))
      setTimeout(() => socket.destroy(), 3)
    },
    expect: 'ok',
  },
  {
    name: 'the kept connection is reset when it is used again',
    again: true,
    script: (subject) => (socket, nth) =>
      nth === 1 && !isFresh(subject) ? reset(socket) : void socket.write(good(subject)),
    expect: 'ok',
    most: 3,
  },
  {
    name: 'a second answer that nobody asked for',
    again: true,
    script: (subject) => (socket, nth) =>
      void socket.write(nth === 0 ? Buffer.concat([good(subject), answer('{"somebody":"else"}')]) : good(subject)),
    expect: 'ok',
    most: 3,
  },
  {
    name: 'a late answer that nobody asked for',
    again: true,
    script: (subject) => (socket, nth) => {
      socket.write(good(subject))
      if (nth === 0) setTimeout(() => socket.write(answer('{"somebody":"else"}')), 2)
    },
    expect: 'ok',
    most: 3,
  },
  {
    name: 'words on the kept connection',
    again: true,
    script: (subject) => (socket, nth) => {
      socket.write(good(subject))
      if (nth === 0) setTimeout(() => socket.write('HTTP/1.1 408 Idle\r\nConnection: close\r\n\r\n'), 2)
    },
    expect: 'ok',
    most: 3,
  },
  // Nothing wrong
  {
    name: 'headers that come twice',
    script: (subject) =>
      good(subject, { headers: ['Set-Cookie: a=1', 'Set-Cookie: b=2', 'Date: x', 'Date: y', 'X-A: 1', 'X-A: 2'] }),
    expect: 'ok',
  },
  {
    name: 'one byte a piece',
    script: (subject) => (socket) => {
      const bytes = good(subject)
      for (let at = 0; at < Math.min(bytes.length, 400); at += 1) socket.write(bytes.subarray(at, at + 1))
      socket.write(bytes.subarray(400))
    },
    expect: 'ok',
  },
  {
    name: 'HTTP/1.0 without a length',
    script: (subject) => (socket) => {
      socket.write(`HTTP/1.0 200 OK\r\n${subject.good.headers.join('\r\n')}\r\n\r\n`)
      socket.end(subject.good.body)
    },
    expect: 'ok',
  },
  {
    name: 'a hint before the answer',
    script: (subject) => Buffer.concat([Buffer.from('HTTP/1.1 103 Early Hints\r\n\r\n'), good(subject)]),
    expect: 'ok',
  },
]

/** Never on a connection that was used before. */
const isFresh = ({ described }: Subject) => described.retry === 'never'

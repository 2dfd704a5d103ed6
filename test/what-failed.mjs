/** One line for each failed or flaky test, from the reports in test-results, for the end of the log. */
import { readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { stripVTControlCharacters } from 'node:util'

/** Playwright says only that a wait failed in its first line, and where and what it saw in the next ones. */
const firstWords = (text) =>
  stripVTControlCharacters(text ?? '')
    .replace(/\s+/g, ' ')
    .trim()
    .slice(0, 300)
const line = (what, suite, file, name, message) => `${what}: ${suite} ${file}: ${name}: ${firstWords(message)}`

/** Vitest's message goes on with its stack. */
const withoutStack = (text) => text?.split(/\n\s+at /)[0]

function* unitLines(report, root) {
  for (const { name, assertionResults } of report.testResults)
    for (const test of assertionResults)
      if (test.status === 'failed')
        yield line('failed', 'unit', relative(root, name), test.fullName, withoutStack(test.failureMessages[0]))
}

function* browserLines({ suites, errors }) {
  for (const { message } of errors ?? []) yield line('failed', 'e2e', '', 'outside of every test', message)
  for (const suite of suites ?? []) {
    yield* browserLines(suite)
    for (const { file, line: at, title, tests } of suite.specs)
      for (const { status, results } of tests) {
        if (status !== 'unexpected' && status !== 'flaky') continue
        const message = results.flatMap(({ errors }) => errors)[0]?.message ?? results.at(-1)?.status
        yield line(status === 'flaky' ? 'flaky' : 'failed', 'e2e', `${file}:${at}`, title, message)
      }
  }
}

/** @param {string} results folder of the reports */
export function whatFailed(results) {
  const root = join(results, '..')
  const from = (name, lines) => {
    try {
      return lines(JSON.parse(readFileSync(join(results, name), 'utf8')))
    } catch (error) {
      return [`failed: no report ${name}: ${firstWords(error.message)}`]
    }
  }
  return [
    ...from('unit.json', (report) => [...unitLines(report, root)]),
    ...from('unit-outside.json', (found) =>
      found.map(({ what, file, name, message }) => line(what, 'unit', file, name, message)),
    ),
    ...from('e2e.json', (report) => [...browserLines(report)]),
  ]
}

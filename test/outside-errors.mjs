/**
 * A reporter of Vitest: what its JSON report does not tell has a file of its own beside it. That is what went wrong outside of
 * every test (a hook, a file that could not be read, a rejection that nobody caught), and who passed at the second try only.
 */
import { writeFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'

const file = fileURLToPath(new URL('../test-results/unit-outside.json', import.meta.url))
const root = join(file, '../..')

export default class OutsideErrors {
  onTestRunEnd(modules, unhandled) {
    const found = []
    const add = (path, name, { message }, what = 'failed') =>
      found.push({ what, file: relative(root, path), name, message })
    for (const module of modules) {
      for (const error of module.errors()) add(module.moduleId, 'the file itself', error)
      for (const suite of module.children.allSuites())
        for (const error of suite.errors()) add(module.moduleId, suite.fullName, error)
      for (const test of module.children.allTests())
        if (test.diagnostic()?.flaky) add(module.moduleId, test.fullName, test.result().errors?.[0] ?? {}, 'flaky')
    }
    for (const error of unhandled)
      add(error.VITEST_TEST_PATH ?? root, error.VITEST_TEST_NAME ?? 'outside of every test', error)
    writeFileSync(file, JSON.stringify(found))
  }
}

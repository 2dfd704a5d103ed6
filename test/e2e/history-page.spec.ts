import { test } from './app-fixture.ts'

test('x', async () => {})

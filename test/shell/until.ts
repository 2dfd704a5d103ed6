/** Poll until true; fails after fifteen seconds. */
export async function until(condition: () => boolean): Promise<void> {
  const deadline = Date.now() + 15_000
  while (!condition()) {
    if (Date.now() > deadline) throw new Error(`waited 15 s for ${condition}`)
    await new Promise((resolve) => setTimeout(resolve, 5))
  }
}

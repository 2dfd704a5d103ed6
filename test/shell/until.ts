/** Poll until true; fails after five seconds. */
export async function until(condition: () => boolean): Promise<void> {
  const deadline = Date.now() + 5000
  while (!condition()) {
    if (Date.now() > deadline) throw new Error(`waited 5 s for ${condition}`)
    await new Promise((resolve) => setTimeout(resolve, 5))
  }
}

let bytesOf: Map<string, [number, number]> | null = null

/** Encode text as GBK, the way an old Chinese PBX does. Characters that GBK lacks become `?`. */
export function encodeGbk(text: string): Buffer {
  bytesOf ??= invertDecoder()
  const bytes: number[] = []
  for (const character of text) {
    const pair = bytesOf.get(character)
    if (character.codePointAt(0)! < 0x80) bytes.push(character.codePointAt(0)!)
    else if (pair) bytes.push(...pair)
    else bytes.push(0x3f)
  }
  return Buffer.from(bytes)
}

function invertDecoder(): Map<string, [number, number]> {
  const table = new Map<string, [number, number]>()
  const decoder = new TextDecoder('gbk')
  for (let lead = 0x81; lead <= 0xfe; lead++) {
    for (let trail = 0x40; trail <= 0xfe; trail++) {
      if (trail === 0x7f) continue
      const character = decoder.decode(Uint8Array.of(lead, trail))
      if ([...character].length === 1 && character !== '\ufffd' && !table.has(character))
        table.set(character, [lead, trail])
    }
  }
  return table
}

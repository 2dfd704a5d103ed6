/** Of a note as it is typed. */
export const longestNote = 4000
export const longestTag = 40
export const mostTags = 20

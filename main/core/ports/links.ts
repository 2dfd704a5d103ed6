/**
 * Opens an address in the user's own program. Absent methods: this host cannot, the page has to.
 * Errors: bad-request (not an address that may be opened), unavailable (no program opens it).
 */
export interface LinkOpener {
  /** A web page whose host is `host` (with its port, where it has one). */
  web?(address: string, host: string): Promise<void>
  /** One mail address with subject and body. */
  mail?(link: string): Promise<void>
  /** What the user clicks is opened by the page, in the browser that it runs in; `web` is for what opens by itself. */
  pageOpensClicks?: boolean
}

/** Where usage events go. */
export type Target = { readonly kind: 'sandbox' } | { readonly kind: 'metronome'; readonly baseUrl: string; readonly token: string };

/** For whoever is about to send dead letters again. */
export const POISON_WARNING =
  'A dead letter is an event that the forward function could not even set aside, most likely because it crashed on it. Sent again to the same bridge it would crash again: look at the function\'s log first, and update the bridge.';

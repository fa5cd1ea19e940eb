import type { Report } from '../problem.ts';
import type { StartSettings } from '../start-settings.ts';
import type { State } from '../state.ts';
import type { HotMappings } from './hot-mappings.ts';
import type { RunBounds } from './runs.ts';
import type { StudioServices } from './services.ts';

/** What the studio needs of the bridge it shows. */
export interface StudioOptions {
  readonly services: StudioServices;
  readonly mappings: HotMappings;
  readonly state: () => Promise<State>;
  readonly secrets: Pick<StartSettings, 'segmentSharedSecret' | 'endpointToken'>;
  /** Of the project's sample events. */
  readonly samplesFolder: string;
  /** Where the webhook is, once it is known. */
  readonly webhookUrl: () => string;
  readonly report: Report;
  /** Forward's, so that the page can tell when a returned event comes back. */
  readonly retryDelaysMinutes?: readonly number[];
  readonly now?: () => number;
  readonly pageFolder?: string;
  readonly bounds?: RunBounds;
}

import { type LoadedConfig, type TrafficSettings, trafficSettings } from '../config/index.ts';
import { environment } from '../core/index.ts';
import { refuseOption } from './option-values.ts';

/** What is known of the server that requests go to. */
export interface UpstreamSettings extends TrafficSettings {
  readonly url: string;
}

/** Where requests go, by what the command line and the configuration say. Throws `ERR_OPTION` where neither does. */
export async function upstreamSettings(
  named: string | undefined,
  loaded: LoadedConfig | undefined,
): Promise<UpstreamSettings> {
  const settings =
    loaded === undefined
      ? { tls: {}, secrets: [], ...(named === undefined ? {} : { url: named }) }
      : await trafficSettings(loaded, { target: named, environment: environment() });
  const { url } = settings;
  if (url !== undefined) return { ...settings, url };
  throw refuseOption(
    'upstream',
    '',
    'none is named. Name the server after the document, such as apidouble proxy openapi.yaml http://127.0.0.1:8000.',
  );
}

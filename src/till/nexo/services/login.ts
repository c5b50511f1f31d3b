import { z } from 'zod';
import { VERSION } from '../../../world/version.js';
import { noteLogin } from '../logged-in.js';
import { SUCCESS, success, text, timeStamp } from '../message.js';
import { service } from '../service.js';
import { poiStatus } from './diagnosis.js';

/** The client library takes any object for a date; tills send text. */
const LOGIN_REQUEST = z.object({
  DateTime: z.unknown(),
  OperatorID: text(64).optional(),
  OperatorLanguage: text(10).optional(),
  SaleSoftware: z.object({ ApplicationName: text(100).optional(), SoftwareVersion: text(100).optional() }).optional(),
});

/** A till begins its day. The terminal says what it is, and how it is; a payment needs no login, as with Adyen. */
export const login = service({
  category: 'Login',
  schema: LOGIN_REQUEST,
  serve(call) {
    const { poi, header } = call;
    noteLogin(poi, header.SaleID, true, () => {
      call.answer({
        POISystemData: {
          DateTime: timeStamp(poi.clock.now()),
          POISoftware: {
            ApplicationName: 'paperjam',
            CertificationCode: 'none',
            ManufacturerID: 'paperjam',
            SoftwareVersion: VERSION,
          },
          POIStatus: poiStatus(poi),
          POITerminalData: {
            POICapabilities: ['CustomerDisplay', 'CustomerInput', 'PrinterReceipt', 'PrinterDocument'],
            POIProfile: { GenericProfile: 'Basic' },
            POISerialNumber: poi.counter.id,
            TerminalEnvironment: 'Attended',
          },
        },
        Response: success({ currency: 'CNY' }),
      });
    });
  },
});

export const logout = service({
  category: 'Logout',
  schema: z.object({ MaintenanceAllowed: z.boolean().optional() }),
  serve(call) {
    noteLogin(call.poi, call.header.SaleID, false, () => call.answer({ Response: SUCCESS }));
  },
});

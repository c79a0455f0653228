/**
 * Self-signed certificates for tests on loopback, valid until 2126. The keys guard nothing. Made with
 * `openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 36500 -subj /CN=... -addext subjectAltName=...`.
 */

export interface CertificateFixture {
  readonly key: string;
  readonly cert: string;
}

/** For `localhost` and `127.0.0.1`. */
export const loopbackCertificate: CertificateFixture = {
  key: `-----BEGIN PRIVATE KEY-----
MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQg40rgE/A2CTc2rlPG
fnxTfKITLgAtyJJUBNWE26kMj/2hRANCAASj5JTBE68HtoHw1t6FFaGhXum5WGyU
QgWsh2meMuAN/hQhnQZX1dsQQe3WaLAaulHRTPy0sbjmHOM7qi9YGwI7
-----END PRIVATE KEY-----`,
  cert: `-----BEGIN CERTIFICATE-----
MIIBuzCCAWGgAwIBAgIUXXN33lNhfufHqVXtzMTlOs/rTsEwCgYIKoZIzj0EAwIw
JDEiMCAGA1UEAwwZbWVzc2FnZXMtY29uZm9ybWFuY2UgdGVzdDAgFw0yNjExMjEw
MDAxNDdaGA8yMTI2MTAyODAwMDE0N1owJDEiMCAGA1UEAwwZbWVzc2FnZXMtY29u
Zm9ybWFuY2UgdGVzdDBZMBMGByqGSM49AgEGCCqGSM49AwEHA0IABKPklMETrwe2
gfDW3oUVoaFe6blYbJRCBayHaZ4y4A3+FCGdBlfV2xBB7dZosBq6UdFM/LSxuOYc
4zuqL1gbAjujbzBtMB0GA1UdDgQWBBRhhksL+ZP/KhKK4/niTyJ+cw1FaDAfBgNV
HSMEGDAWgBRhhksL+ZP/KhKK4/niTyJ+cw1FaDAPBgNVHRMBAf8EBTADAQH/MBoG
A1UdEQQTMBGCCWxvY2FsaG9zdIcEfwAAATAKBggqhkjOPQQDAgNIADBFAiEA5bxZ
LDriYO5SZdiPIqpVRLgCUxr7VQPhA2iPSpDR33sCIA2jKZW8Z/+Ttu7oWgS2n5Rp
bYR2VHs1dVdWl+ezgIZd
-----END CERTIFICATE-----`,
};

/** For another host. */
export const otherCertificate: CertificateFixture = {
  key: `-----BEGIN PRIVATE KEY-----
MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgy7ZYsJvQMFE7KeIN
xcDfYBbd0mEONZ/GeAZKrbECI+ehRANCAASzZfCRQC6t600PiMA/HwNCZ3loGRWh
uwD5ciJ6ORoMSFNmhBTtNWU5V8+H/EPjFrM9jNH2uC6DrfkurYKt7txa
-----END PRIVATE KEY-----`,
  cert: `-----BEGIN CERTIFICATE-----
MIIBrjCCAVOgAwIBAgIUOe6sZEfGEUjvAchJ4wo0pS5eV2QwCgYIKoZIzj0EAwIw
HDEaMBgGA1UEAwwRZWxzZXdoZXJlLmV4YW1wbGUwIBcNMjYxMTIxMDAwMTQ3WhgP
MjEyNjEwMjgwMDAxNDdaMBwxGjAYBgNVBAMMEWVsc2V3aGVyZS5leGFtcGxlMFkw
EwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEs2XwkUAuretND4jAPx8DQmd5aBkVobsA
+XIiejkaDEhTZoQU7TVlOVfPh/xD4xazPYzR9rgug635Lq2Cre7cWqNxMG8wHQYD
VR0OBBYEFPU9AXTEclQw7PXiAHkKw0r7UKasMB8GA1UdIwQYMBaAFPU9AXTEclQw
7PXiAHkKw0r7UKasMA8GA1UdEwEB/wQFMAMBAf8wHAYDVR0RBBUwE4IRZWxzZXdo
ZXJlLmV4YW1wbGUwCgYIKoZIzj0EAwIDSQAwRgIhAKK09i7IP1FHrxCO2t0mjaqS
xhG3Ii9/Sc4J6+NjCBIeAiEAxQ/lQm1TDrThA69k8URVKjLXI6xPUELvq3HUJ85P
xqI=
-----END CERTIFICATE-----`,
};

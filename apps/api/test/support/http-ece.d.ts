declare module 'http_ece' {
  const ece: {
    decrypt(
      body: Buffer,
      keys: {
        version: 'aes128gcm';
        privateKey: import('node:crypto').ECDH;
        authSecret: string;
      },
    ): Buffer;
  };
  export default ece;
}

"""Certificates for 127.0.0.1, signed by an authority of the tests."""

from __future__ import annotations

import ssl
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

ENDS = datetime(2046, 3, 9, 12, tzinfo=UTC)


@dataclass(frozen=True)
class Authority:
    """Who vouches: its own certificate is in the file `trusted`."""

    folder: Path
    key: ec.EllipticCurvePrivateKey
    name: x509.Name

    @property
    def trusted(self) -> Path:
        return self.folder / "authority.pem"

    def context(self, host: str = "127.0.0.1", ends: datetime = ENDS) -> ssl.SSLContext:
        """What a server for a host needs, until its certificate ends."""
        key = ec.generate_private_key(ec.SECP256R1())
        certificate = _certificate(_name(host), key, self.name, self.key, ends, host)
        file = self.folder / f"{host}-{ends:%Y}.pem"
        file.write_bytes(_pem(certificate) + _secret(key))
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(file)
        return context


def authority(folder: Path) -> Authority:
    """A new authority, whose files lie in a folder."""
    key, name = ec.generate_private_key(ec.SECP256R1()), _name("Authority of the tests")
    made = Authority(folder, key, name)
    made.trusted.write_bytes(_pem(_certificate(name, key, name, key, ENDS, None)))
    return made


def _certificate(
    subject: x509.Name,
    key: ec.EllipticCurvePrivateKey,
    issuer: x509.Name,
    signed_with: ec.EllipticCurvePrivateKey,
    ends: datetime,
    host: str | None,
) -> x509.Certificate:
    names: list[x509.GeneralName] = [x509.DNSName(host or "authority.example")]
    if host and host[0].isdigit():
        names = [x509.IPAddress(ip_address(host))]
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(ends - timedelta(days=40 * 365))
        .not_valid_after(ends)
        .add_extension(x509.SubjectAlternativeName(names), critical=False)
        .add_extension(x509.BasicConstraints(ca=host is None, path_length=None), critical=True)
        .sign(signed_with, hashes.SHA256())
    )


def _name(text: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, text)])


def _pem(certificate: x509.Certificate) -> bytes:
    return certificate.public_bytes(serialization.Encoding.PEM)


def _secret(key: ec.EllipticCurvePrivateKey) -> bytes:
    return key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )

"""What is deployed: one image per part, the compose file and the manifests, checked as far as no engine is needed."""

import subprocess
import sys
from pathlib import Path

import kubernetes_validate
import pytest
import yaml
from suite.environment import fresh_secrets
from suite.parts import DOORS, SERVICES, variable
from suite.testing import tree

BASE = tree.ROOT / "deploy" / "k8s" / "base"
OVERLAY = tree.ROOT / "deploy" / "k8s" / "overlays" / "production"
# KEDA's own kinds have no schema in Kubernetes'; their fields are looked at below.
FOREIGN = {"ScaledObject", "TriggerAuthentication"}


def manifests(folder):
    for path in sorted(folder.glob("*.yaml")):
        if path.name != "kustomization.yaml":
            for document in yaml.safe_load_all(path.read_text(encoding="utf-8")):
                yield pytest.param(document, id=f"{document['kind']}-{document['metadata']['name']}")


def of_kind(kind):
    return {
        p.values[0]["metadata"]["name"]: p.values[0] for p in manifests(BASE) if p.values[0]["kind"] == kind
    }


@pytest.fixture(scope="module")
def compose():
    return yaml.safe_load((tree.ROOT / "docker-compose.yml").read_text(encoding="utf-8"))


def test_the_compose_file_follows_the_specification():
    command = [
        str(Path(sys.executable).parent / "check-jsonschema"),
        "--builtin-schema",
        "vendor.compose-spec",
    ]
    done = subprocess.run(
        [*command, "docker-compose.yml"], cwd=tree.ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout


def test_compose_runs_every_part(compose):
    wanted = set(DOORS) | {f"{name}-{kind}" for name in SERVICES for kind in ("migrate", "worker")}
    assert wanted <= set(compose["services"])


@pytest.mark.parametrize("service", SERVICES)
def test_compose_starts_a_service_only_after_its_migration(compose, service):
    for part in (service, f"{service}-worker"):
        needs = compose["services"][part]["depends_on"]
        assert needs[f"{service}-migrate"]["condition"] == "service_completed_successfully"


@pytest.mark.parametrize("service", SERVICES)
def test_each_service_has_a_database_and_a_secret_of_its_own(compose, service):
    told = compose["services"][service]["environment"]
    assert told["DATABASE_URL"].endswith(f"/{service}")
    assert f"KAIKE_SECRET_{variable(service)}" in told["KAIKE_SECRET"]


def test_everything_secret_that_compose_asks_for_is_printed_by_the_command():
    text = (tree.ROOT / "docker-compose.yml").read_text(encoding="utf-8")
    asked = {part.split(":?")[0] for part in text.split("${")[1:] if ":?" in part.split("}")[0]}
    assert asked == set(fresh_secrets())


def test_the_image_does_not_run_as_root():
    lines = (tree.ROOT / "Dockerfile").read_text(encoding="utf-8").splitlines()
    users = [line.split()[1] for line in lines if line.startswith("USER ")]
    assert users == ["10001"]


@pytest.mark.parametrize("document", [*manifests(BASE), *manifests(OVERLAY)])
def test_every_manifest_is_valid(document):
    if document["kind"] in FOREIGN:
        assert document["apiVersion"] == "keda.sh/v1alpha1"
    else:
        kubernetes_validate.validate(document, "1.31", strict=True)


@pytest.mark.parametrize("folder", [BASE, OVERLAY], ids=["base", "production"])
def test_kustomize_takes_every_file(folder):
    listed = yaml.safe_load((folder / "kustomization.yaml").read_text(encoding="utf-8"))["resources"]
    there = {path.name for path in folder.glob("*.yaml")} - {"kustomization.yaml"}
    assert there == {name for name in listed if "/" not in name}


def test_every_part_has_a_deployment_with_probes():
    deployments = of_kind("Deployment")
    wanted = {f"{name}-{kind}" for name in SERVICES for kind in ("web", "worker")} | {"gateway", "edge-media"}
    assert set(deployments) == wanted
    for deployment in deployments.values():
        [container] = deployment["spec"]["template"]["spec"]["containers"]
        assert {"startupProbe", "livenessProbe", "readinessProbe"} <= set(container)


def test_web_parts_grow_by_cpu_and_workers_by_their_queues():
    assert set(of_kind("HorizontalPodAutoscaler")) == {f"{n}-web" for n in SERVICES} | {
        "gateway",
        "edge-media",
    }
    topology = yaml.safe_load((tree.ROOT / "contracts" / "topology.yaml").read_text(encoding="utf-8"))
    watched = [
        trigger["metadata"]["queueName"]
        for scaled in of_kind("ScaledObject").values()
        for trigger in scaled["spec"]["triggers"]
    ]
    assert sorted(watched) == sorted(topology["queues"])


def test_services_look_alike():
    texts = {
        name: (BASE / f"{name}.yaml")
        .read_text(encoding="utf-8")
        .split("---\n# The worker grows")[0]
        .replace(name, "NAME")
        for name in SERVICES
    }
    assert len(set(texts.values())) == 1


def test_secrets_come_by_reference_only():
    assert not of_kind("Secret")
